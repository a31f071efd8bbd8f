<#ftl output_format="HTML">
<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- The approval page, in each of its states. -->
<#import "ciba-page.ftl" as frame>
<#-- A row with what the relying party tells. -->
<#macro told label value>
<#if value?has_content>
        <div class="ciba-detail">
          <dt>${label}</dt>
          <dd><bdi>${value}</bdi></dd>
        </div>
</#if>
</#macro>
<#-- The fields of one entry of the authorization details. -->
<#macro fields list>
<#if list?has_content>
        <dl class="ciba-details">
          <#list list as field>
          <div class="ciba-detail">
            <dt><bdi>${field.label}</bdi></dt>
            <dd><#list field.lines as line><bdi>${line}</bdi><#sep><br></#sep></#list></dd>
          </div>
          </#list>
        </dl>
</#if>
</#macro>
<#-- Where a form of the page goes, and the page's own token in it. -->
<#macro decide id>
      <form id="${id}" class="ciba-decide" method="post" action="${approval.actionUrl}"<#if open> aria-describedby="ciba-only-if-you"</#if>>
        <input type="hidden" name="page_token" value="${approval.pageToken}">
        <#nested>
      </form>
</#macro>
<#macro report>
        <div class="ciba-report">
          <button class="ciba-button-report" type="submit" name="decision" value="report" aria-describedby="ciba-report-hint">${text.cibaPageReport}</button>
          <p id="ciba-report-hint" class="ciba-muted ciba-small">${text.cibaPageReportHint}</p>
        </div>
</#macro>
<#-- The second press. Going back comes first and neither button is the primary one: a program that knows no more than that confirms nothing. -->
<#macro again press>
      <div class="ciba-again" role="group" aria-labelledby="ciba-again-heading"<#if press.field != "revoke"> aria-describedby="ciba-again-text"</#if>>
        <h2 id="ciba-again-heading" class="ciba-subheading" tabindex="-1" autofocus>${text.cibaPageConfirmHeading}</h2>
        <#if press.field != "revoke"><p id="ciba-again-text">${text.cibaPageConfirmText}</p></#if>
        <@decide "ciba-form">
          <input type="hidden" name="${press.field}" value="${press.value}">
          <div class="ciba-form">
            <button class="${frame.plainButtonClass}" type="submit" name="again" value="back">${text.cibaPageConfirmBack}</button>
            <button class="${frame.plainButtonClass}" type="submit" name="again" value="${press.marker}" aria-describedby="ciba-again-heading"><#if press.field == "number">${text.cibaPageApprove} <bdi>${press.value}</bdi><#elseif press.value == "approve">${text.cibaPageApprove}<#elseif press.value == "deny">${text.cibaPageDeny}<#elseif press.field == "revoke">${text.cibaPageRevoke}<#else>${text.cibaPageReport}</#if></button>
          </div>
        </@decide>
      </div>
</#macro>
<#-- "This was not me", under an approval that can be revoked. -->
<#macro revocation>
<#if approval.again??>
      <@again approval.again/>
      <p id="ciba-status" class="ciba-status" role="status" data-sending="${text.cibaPageSending}"></p>
<#elseif approval.revokeUrl?has_content>
      <form id="ciba-revoke-form" class="ciba-report" method="post" action="${approval.revokeUrl}">
        <input type="hidden" name="page_token" value="${approval.pageToken}">
        <button class="ciba-button-report" type="submit" name="revoke" value="true" aria-describedby="ciba-revoke-hint">${text.cibaPageRevoke}</button>
        <p id="ciba-revoke-hint" class="ciba-muted ciba-small">${text.cibaPageRevokeHint}</p>
      </form>
      <p id="ciba-status" class="ciba-status" role="status" data-sending="${text.cibaPageSending}"></p>
<#elseif approval.signInUrl?has_content>
      <div class="ciba-report">
        <p class="ciba-muted ciba-small">${text.cibaPageRevokeSignIn} <a id="ciba-sign-in" href="${approval.signInUrl}" rel="noreferrer">${text.cibaPageSignIn}</a></p>
      </div>
</#if>
</#macro>
<#macro denyButton><button class="${frame.plainButtonClass}" type="submit" form="ciba-form" name="decision" value="deny">${text.cibaPageDeny}</button></#macro>
<#assign title = approval.appName?has_content?then(text.cibaPageTitle, text.cibaPageTitleNeutral)>
<#assign warning = "M12 9v4M12 17h.01M10.3 3.9 1.8 18a2 2 0 0 0 1.7 3h17a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0z">
<#assign open = approval.secondsLeft??>
<#if !open>
<#-- How it ended, or why there is nothing to decide. Looked up, and not compared one by one: FreeMarker compares texts by the rules of a language, which is slow. -->
<#assign tick = "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM7.5 12.5l3 3 6-7">
<#assign cross = "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM8.5 8.5l7 7M15.5 8.5l-7 7">
<#assign flag = "M5 22V4M5 4h11l-2 4 2 4H5">
<#assign endings = {
  "approved": {"look": "approved", "heading": "cibaPageApprovedHeading", "text": "cibaPageApprovedText", "icon": tick},
  "denied": {"look": "denied", "heading": "cibaPageDeniedHeading", "text": "cibaPageDeniedText", "icon": cross},
  "wrong-number": {"look": "denied", "heading": "cibaPageWrongNumberHeading", "text": "cibaPageWrongNumberText", "icon": cross},
  "reported": {"look": "reported", "heading": "cibaPageReportedHeading", "text": "cibaPageReportedText", "icon": flag},
  "revoked": {"look": "reported", "heading": "cibaPageRevokedHeading", "text": "cibaPageRevokedText", "icon": flag},
  "revoked-unused": {"look": "reported", "heading": "cibaPageRevokedHeading", "text": "cibaPageRevokedUnusedText", "icon": flag},
  "revoked-late": {"look": "reported", "heading": "cibaPageRevokedLateHeading", "text": "cibaPageRevokedLateText", "icon": flag},
  "not-revoked": {"look": "refused", "heading": "cibaPageNotRevokedHeading", "text": "cibaPageNotRevokedText", "icon": warning},
  "wrong-user": {"look": "wrong-user", "heading": "cibaPageWrongUserHeading", "text": "cibaPageWrongUserText", "icon": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21a8 8 0 0 1 16 0M3 3l18 18"},
  "ended": {"look": "ended", "heading": "cibaPageEndedHeading", "text": "cibaPageEndedText", "icon": "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM12 7v5l3 3"},
  "cancelled": {"look": "ended", "heading": "cibaPageCancelledHeading", "text": "cibaPageCancelledText", "icon": cross},
  "cancelled-by-client": {"look": "ended", "heading": "cibaPageTakenBackHeading", "text": "cibaPageTakenBackText", "icon": cross},
  "refused": {"look": "refused", "heading": "cibaPageRefusedHeading", "text": "cibaPageRefusedText", "icon": warning},
  "unavailable": {"look": "unavailable", "heading": "cibaPageUnavailableHeading", "text": "cibaPageUnavailableText", "icon": warning},
  "unknown": {"look": "unknown", "heading": "cibaPageUnknownHeading", "text": "cibaPageUnknownText", "icon": "M10 14a5 5 0 0 0 7 0l3-3a5 5 0 0 0-7-7l-1 1M14 10a5 5 0 0 0-7 0l-3 3a5 5 0 0 0 7 7l1-1M3 3l18 18"}
}>
<#assign ending = endings[approval.state]!endings.unknown>
</#if>
<#-- Where nothing is left to decide, the title says so first. -->
<#assign standing = (approval.again??)?then(text.cibaPageConfirmHeading, open?then("", text[ending.heading]))>
<@frame.page title=standing?has_content?then(standing + " – " + title, title) over=(approval.secondsLeft!-1) + 1>
    <#if open>
    <div class="ciba-card-header ${properties.kcLoginMainHeader!}">
      <div class="ciba-application">
        <#if approval.appLogo?has_content><img class="ciba-logo" src="${approval.appLogo}" alt=""></#if>
        <h1 id="kc-page-title" class="ciba-heading<#if text.cibaPageUndecidedHeading?length gt 80> ciba-heading-long</#if> ${properties.kcLoginMainTitle!}">${text.cibaPageUndecidedHeading}</h1>
      </div>
    </div>
    <div class="ciba-card-body ${properties.kcLoginMainBody!}">
      <p>${text.cibaPageUndecidedIntro}</p>
      <#if approval.appDescription?has_content><p class="ciba-muted"><bdi>${approval.appDescription}</bdi></p></#if>
      <#if approval.bindingMessage?has_content>
      <div class="ciba-message" role="group" aria-labelledby="ciba-message-label" aria-describedby="ciba-message-hint">
        <p id="ciba-message-label" class="ciba-message-label">${text.cibaPageBindingMessageLabel}</p>
        <p class="ciba-message-text"><bdi>${approval.bindingMessage}</bdi></p>
        <p id="ciba-message-hint" class="ciba-message-hint">${text.cibaPageBindingMessageHint}</p>
      </div>
      </#if>
      <#list approval.details![] as detail>
      <section class="ciba-granted" aria-labelledby="ciba-granted-${detail?index}">
        <h2 id="ciba-granted-${detail?index}" class="ciba-subheading"><bdi>${detail.heading}</bdi></h2>
        <@fields detail.fields/>
        <#if detail.more?has_content>
        <#if detail.fields?has_content><p class="ciba-muted ciba-small">${text.cibaDetailsMore}</p></#if>
        <@fields detail.more/>
        </#if>
      </section>
      </#list>
      <dl class="ciba-details">
        <#if approval.scopes?has_content>
        <div class="ciba-detail">
          <dt>${text.cibaPageScopesLabel}</dt>
          <dd><ul class="ciba-scopes"><#list approval.scopes as scope><li><bdi>${scope}</bdi></li></#list></ul></dd>
        </div>
        </#if>
        <#if approval.resources?has_content>
        <div class="ciba-detail">
          <dt>${text.cibaResourcesLabel}</dt>
          <dd><ul class="ciba-scopes"><#list approval.resources as resource><li><#if resource.name?has_content><bdi>${resource.name}</bdi><br></#if><bdi dir="ltr">${resource.uri}</bdi></li></#list></ul></dd>
        </div>
        </#if>
        <#if approval.requestTime?has_content>
        <div class="ciba-detail">
          <dt>${text.cibaPageTimeLabel}</dt>
          <dd><@frame.time approval.requestTime/></dd>
        </div>
        </#if>
        <@told text.cibaPagePlaceLabel approval.place!/>
        <@told text.cibaPageDeviceLabel approval.device!/>
        <@told text.cibaPageDeviceAddressLabel approval.deviceAddress!/>
        <#if approval.requestCode?has_content>
        <div class="ciba-detail">
          <dt>${text.cibaPageCodeLabel}</dt>
          <dd><bdi dir="ltr" class="ciba-code">${approval.requestCode}</bdi></dd>
        </div>
        </#if>
        <#if approval.secondsLeft??>
        <@frame.timeLeft approval.secondsLeft/>
        </#if>
      </dl>
      <#if approval.place?? || approval.device?? || approval.deviceAddress??>
      <p class="ciba-muted ciba-small">${text.cibaPageContextHint}</p>
      </#if>
      <div class="ciba-while-open">
      <#if approval.otherDevice!false><p id="ciba-other-device" class="ciba-warning"><@frame.icon warning/><span>${text.cibaPageOtherDevice}</span></p></#if>
      <p id="ciba-only-if-you" class="ciba-warning"><@frame.icon warning/><span>${text.cibaPageOnlyIfYou}</span></p>
      <#if approval.signInUrl?has_content>
      <@frame.signInFailure approval.signInFailure!/>
      <p>${text.cibaPageSignInText}</p>
      <div class="ciba-form"><a id="ciba-sign-in" class="${frame.primaryButtonClass}" href="${approval.signInUrl}" rel="noreferrer">${text.cibaPageSignIn}</a></div>
      <#else>
      <#if approval.again??>
      <@again approval.again/>
      <#elseif approval.typesNumber!false>
      <@decide "ciba-number-form">
        <div class="ciba-number-entry">
          <label for="ciba-number">${text.cibaPageNumberLabel}</label>
          <p id="ciba-number-hint" class="ciba-small">${text.cibaPageNumberHint}</p>
          <#if approval.noNumber!false><p id="ciba-number-problem" class="ciba-problem" role="alert">${text.cibaPageNumberProblem}</p></#if>
          <input id="ciba-number" name="number" type="text" inputmode="numeric" pattern="\s*\p{Nd}\s*\p{Nd}\s*" maxlength="8" required autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="done" dir="ltr" aria-describedby="ciba-number-hint<#if approval.noNumber!false> ciba-number-problem</#if>"<#if approval.noNumber!false> aria-invalid="true" autofocus</#if>>
        </div>
        <div class="ciba-form">
          <@denyButton/>
          <button class="${frame.primaryButtonClass}" type="submit">${text.cibaPageApprove}</button>
        </div>
      </@decide>
      <@decide "ciba-form"><@report/></@decide>
      <#else>
      <@decide "ciba-form">
        <#if approval.numbers?has_content>
        <div class="ciba-form">
          <@denyButton/>
        </div>
        <fieldset class="ciba-numbers">
          <legend>${text.cibaPageNumberLabel}</legend>
          <p id="ciba-number-hint" class="ciba-small">${text.cibaPageNumberHint}</p>
          <div class="ciba-form">
            <#list approval.numbers as number>
            <button class="${frame.primaryButtonClass}" type="submit" name="number" value="${number}" aria-describedby="ciba-number-hint">${number}</button>
            </#list>
          </div>
        </fieldset>
        <#else>
        <div class="ciba-form">
          <@denyButton/>
          <button class="${frame.primaryButtonClass}" type="submit" name="decision" value="approve">${text.cibaPageApprove}</button>
        </div>
        </#if>
        <@report/>
      </@decide>
      </#if>
      </#if>
      <p id="ciba-status" class="ciba-status" role="status" data-minute="${text.cibaPageTimeLeftMinute}" data-half-minute="${text.cibaPageTimeLeftHalfMinute}" data-sending="${text.cibaPageSending}"></p>
      </div>
      <#-- Takes the place of all that can be pressed, once the time is up. -->
      <div id="ciba-over" class="ciba-again" data-title="${text.cibaPageTimeOverHeading} – ${title}" hidden>
        <h2 id="ciba-over-heading" class="ciba-subheading" tabindex="-1">${text.cibaPageTimeOverHeading}</h2>
        <p>${text.cibaPageTimeOver}</p>
      </div>
    </div>
    <#else>
    <div class="ciba-card-header ${properties.kcLoginMainHeader!}">
      <@frame.result ending.look text[ending.heading] text[ending.text] ending.icon>
      <#if approval.blocked!false><p>${text.cibaPageReportedBlock}</p></#if>
      <#if approval.signOutUrl?has_content><p><a id="ciba-sign-out" href="${approval.signOutUrl}" rel="noreferrer">${text.cibaPageSignOut}</a></p></#if>
      <@revocation/>
      </@frame.result>
    </div>
    </#if>
    <#if approval.inboxUrl?has_content><p class="ciba-back"><a href="${approval.inboxUrl}">${text.cibaInboxBack}</a></p></#if>
</@frame.page>
