<#ftl output_format="HTML">
<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- The list of a user's requests; without "pending" the reader is not signed in. -->
<#import "ciba-page.ftl" as frame>
<#assign decisionTexts = {"approved": text.cibaPageApprovedHeading, "denied": text.cibaPageDeniedHeading, "reported": text.cibaPageReportedHeading, "wrong_number": text.cibaPageWrongNumberHeading, "revoked": text.cibaPageRevokedHeading}>
<#-- What a request is about. -->
<#macro about request>
<span class="ciba-list-text"><bdi>${request.appName}</bdi><#if request.api?has_content> → <bdi dir="ltr">${request.api}</bdi></#if><#if request.bindingMessage?has_content> – <bdi class="ciba-list-message">${request.bindingMessage}</bdi></#if><#list request.details![] as detail><br><bdi class="ciba-list-message">${detail}</bdi></#list><#list request.resources![] as resource><br><span class="ciba-small">${text.cibaResourcesLabel}: <#if resource.name?has_content><bdi>${resource.name}</bdi> · </#if><bdi dir="ltr">${resource.uri}</bdi></span></#list><br><span class="ciba-muted ciba-small"><@frame.time request.time/><#if request.code?has_content> · <bdi dir="ltr">${request.code}</bdi></#if></span></span>
</#macro>
<@frame.page title=text.cibaInboxTitle>
    <div class="ciba-card-header ${properties.kcLoginMainHeader!}">
      <h1 id="kc-page-title" class="ciba-heading ${properties.kcLoginMainTitle!}">${text.cibaInboxTitle}</h1>
    </div>
    <div class="ciba-card-body ${properties.kcLoginMainBody!}">
      <#if inbox.pending??>
      <p class="ciba-account"><span>${text.cibaInboxSignedInAs}</span> <a id="ciba-sign-out" href="${inbox.signOutUrl}" rel="noreferrer">${text.cibaPageSignOut}</a></p>
      <h2 id="ciba-pending" class="ciba-subheading">${text.cibaInboxPendingHeading}</h2>
      <#if inbox.pending?has_content>
      <ul class="ciba-list" aria-labelledby="ciba-pending">
        <#list inbox.pending as request>
        <li class="ciba-list-row">
          <@about request/>
          <a href="${request.url}" aria-label="${text.cibaInboxReview}: ${request.appName}, ${request.code}">${text.cibaInboxReview}</a>
        </li>
        </#list>
      </ul>
      <#else>
      <p>${text.cibaInboxNone}</p>
      </#if>
      <#if inbox.approvals?has_content>
      <h2 id="ciba-approvals" class="ciba-subheading">${text.cibaInboxApprovalsHeading}</h2>
      <p class="ciba-muted ciba-small">${text.cibaInboxApprovalsHint}</p>
      <ul class="ciba-list" aria-labelledby="ciba-approvals">
        <#list inbox.approvals as request>
        <li class="ciba-list-row">
          <@about request/>
          <#if request.url?has_content><a href="${request.url}" aria-label="${text.cibaInboxReview}: ${request.appName}, ${request.code}">${text.cibaInboxReview}</a></#if>
          <#if request.receiptUrl?has_content><a href="${request.receiptUrl}" download aria-label="${text.cibaInboxReceipt}: ${request.appName}, ${request.code}">${text.cibaInboxReceipt}</a></#if>
        </li>
        </#list>
      </ul>
      </#if>
      <#if inbox.blocked?has_content>
      <h2 id="ciba-blocked" class="ciba-subheading">${text.cibaInboxBlockedHeading}</h2>
      <p class="ciba-muted ciba-small">${text.cibaInboxBlockedHint}</p>
      <form method="post" action="${inbox.actionUrl}">
        <input type="hidden" name="page_token" value="${inbox.pageToken}">
        <ul class="ciba-list" aria-labelledby="ciba-blocked">
          <#list inbox.blocked as client>
          <li class="ciba-list-row">
            <span class="ciba-list-text"><bdi>${client.appName}</bdi></span>
            <button class="ciba-button-link" type="submit" name="unblock" value="${client.id}" aria-label="${text.cibaInboxUnblock}: ${client.appName}">${text.cibaInboxUnblock}</button>
          </li>
          </#list>
        </ul>
      </form>
      </#if>
      <h2 id="ciba-decisions" class="ciba-subheading">${text.cibaInboxDecisionsHeading}</h2>
      <#if !inbox.decisions??>
      <p>${text.cibaInboxDecisionsUnavailable}</p>
      <#elseif inbox.decisions?has_content>
      <ul class="ciba-list" aria-labelledby="ciba-decisions">
        <#list inbox.decisions as entry>
        <li class="ciba-list-row"><@about entry/><span>${decisionTexts[entry.decision]!entry.decision}</span></li>
        </#list>
      </ul>
      <#else>
      <p>${text.cibaInboxNoDecisions}</p>
      </#if>
      <#else>
      <@frame.signInFailure inbox.signInFailure!/>
      <#if inbox.signInUrl?has_content>
      <p>${text.cibaInboxSignInText}</p>
      <div class="ciba-form"><a id="ciba-sign-in" class="${frame.primaryButtonClass}" href="${inbox.signInUrl}" rel="noreferrer">${text.cibaPageSignIn}</a></div>
      <#else>
      <p>${text.cibaInboxNoSignIn}</p>
      <p class="ciba-muted ciba-small">${text.cibaInboxNoSignInAdmin} <code dir="ltr">ciba.login.client</code></p>
      </#if>
      </#if>
    </div>
</@frame.page>
