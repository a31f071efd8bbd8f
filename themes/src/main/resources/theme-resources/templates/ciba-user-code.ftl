<#ftl output_format="HTML">
<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- The page on which a user sets the code, in the layout of the realm's login theme. -->
<#import "template.ftl" as layout>
<#assign v2 = properties.kcLogin?has_content>
<#macro code id label focus=false>
<div class="${properties.kcFormGroupClass!}">
  <label for="${id}" class="${v2?then((properties.kcFormLabelClass)!, (properties.kcLabelClass)!)}">${label}</label>
  <#if v2><span class="${properties.kcInputClass!}"></#if>
    <input type="password" id="${id}" name="${id}"<#if !v2> class="${properties.kcInputClass!}"</#if> autocomplete="off" minlength="4" maxlength="64" required<#if focus> autofocus</#if><#if problem?has_content> aria-invalid="true" aria-describedby="ciba-user-code-problem"</#if>>
  <#if v2></span></#if>
</div>
</#macro>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    ${text.cibaUserCodeTitle}
  <#elseif section = "form">
    <p id="ciba-user-code-help">${text.cibaUserCodeHelp}</p>
    <#if problem?has_content>
    <div id="ciba-user-code-problem" class="${properties.kcAlertClass!} pf-m-danger" role="alert">
      <span class="${properties.kcAlertTitleClass!}">${problem}</span>
    </div>
    </#if>
    <form id="ciba-user-code-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
      <@code id="user-code" label=text.cibaUserCodeLabel focus=true/>
      <@code id="user-code-confirm" label=text.cibaUserCodeAgainLabel/>
      <div class="${properties.kcFormActionGroupClass!properties.kcFormGroupClass!}">
        <button type="submit" class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!}">${text.cibaUserCodeSave}</button>
        <#if isAppInitiatedAction??>
        <button type="submit" class="${properties.kcButtonClass!} ${(properties.kcButtonSecondaryClass)!(properties.kcButtonDefaultClass)!}" name="cancel-aia" value="true" formnovalidate>${text.cibaUserCodeCancel}</button>
        </#if>
      </div>
    </form>
  </#if>
</@layout.registrationLayout>
