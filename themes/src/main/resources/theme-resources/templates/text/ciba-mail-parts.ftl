<#ftl output_format="plainText">
<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- The parts that both plain-text mails share. The link stands alone on its line, so that no client cuts it. -->
<#macro opening>
${text.cibaMailIntro}
<@granted/>
</#macro>

<#-- What is asked for in detail. -->
<#macro granted>
<#list details![] as entry>

${entry.heading}
<@fields entry.fields/>
<#if entry.fields?has_content && entry.more?has_content>
${text.cibaDetailsMore}
</#if>
<@fields entry.more/>
</#list>
<#list resources![] as resource>
<#if resource?is_first>

${text.cibaResourcesLabel}
</#if>
  <#if resource.name?has_content>${resource.name} · </#if>${resource.uri}
</#list>
</#macro>

<#macro fields list>
<#list list as field>
<#list field.lines as line>
  ${field.label}: ${line}
</#list>
</#list>
</#macro>

<#macro message>

${text.cibaMailBindingMessageLabel}

    ${bindingMessage!}

${text.cibaMailBindingMessageHint}
</#macro>

<#macro decision>

${text.cibaMailTextLinkHint}

${magicLink}

${text.cibaMailExpiry}
</#macro>

<#macro closing>

${text.cibaMailTimeLabel} ${requestTime}
<#if requestOrigin?has_content>
${text.cibaMailOriginLabel} ${requestOrigin}
</#if>
${text.cibaMailCodeLabel} ${requestCode}
<#if requestOrigin?has_content>
${text.cibaMailOriginHint}
</#if>

${text.cibaPageOnlyIfYou} ${text.cibaMailIgnore}

${text.cibaMailKeepPrivate}
<#if inboxLink?has_content>

${text.cibaMailInbox}
${inboxLink}
</#if>

${text.cibaMailRequestIdLabel} ${authReqId}
</#macro>
