<#ftl output_format="HTML">
<#-- SPDX-License-Identifier: Apache-2.0 -->
<#--
  The approval page. It has a layout of its own, as Keycloak's layout carries inline scripts that a strict
  Content-Security-Policy refuses, but it takes styles, logo and class names from the realm's login theme.
  The class names come in two families: those of keycloak.v2 and those of the older keycloak theme.
-->
<#assign state = approval.state>
<#assign known = approval.appName?has_content>
<#assign v2 = properties.kcLogin?has_content>
<#assign themed = v2 || properties.kcFormCardClass?has_content>
<#macro icon path><svg class="ciba-icon" viewBox="0 0 24 24" width="48" height="48" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="${path}"/></svg></#macro>
<#macro result kind heading paragraph path>
<div class="ciba-result ciba-result-${kind}">
  <@icon path/>
  <h1 id="kc-page-title" class="ciba-heading ${properties.kcLoginMainTitle!}">${heading}</h1>
  <p>${paragraph}</p>
</div>
</#macro>
<!DOCTYPE html>
<html class="${properties.kcHtmlClass!}<#if darkMode!false> ciba-darkable</#if>" lang="${lang}" dir="${dir}"<#if darkMode!false> data-dark-class="${properties.kcDarkModeClass!}"</#if>>
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex, nofollow">
  <meta name="color-scheme" content="light${(darkMode!false)?then(' dark', '')}">
  <title><#if known>${text.cibaPageTitle}<#else>${text.cibaPageTitleNeutral}</#if></title>
  <#if (themeResources.favicons)?has_content>
  <#list themeResources.favicons as favicon>
  <link rel="${favicon.rel!"icon"}" href="${url.resourcesPath}/${favicon.path}">
  </#list>
  <#else>
  <link rel="icon" href="${url.resourcesPath}/img/favicon.ico">
  </#if>
  <#if (themeResources.stylesCommon)?has_content>
  <#list themeResources.stylesCommon as style>
  <link rel="stylesheet" href="${url.resourcesCommonPath}/${style.path}"<#if style.media?has_content> media="${style.media}"</#if>>
  </#list>
  <#else>
  <#list (properties.stylesCommon!"")?split(" ") as style><#if style?has_content>
  <link rel="stylesheet" href="${url.resourcesCommonPath}/${style}">
  </#if></#list>
  </#if>
  <#if (themeResources.styles)?has_content>
  <#list themeResources.styles as style>
  <link rel="stylesheet" href="${url.resourcesPath}/${style.path}"<#if style.media?has_content> media="${style.media}"</#if>>
  </#list>
  <#else>
  <#list (properties.styles!"")?split(" ") as style><#if style?has_content>
  <link rel="stylesheet" href="${url.resourcesPath}/${style}">
  </#if></#list>
  </#if>
  <link rel="stylesheet" href="${url.resourcesPath}/ciba/ciba.css">
  <script src="${url.resourcesPath}/ciba/ciba.js"></script>
</head>
<body id="keycloak-bg" class="ciba ${properties.kcBodyClass!}" data-page-id="login-ciba-approval">
<div class="ciba-layout ${(properties.kcLogin)!(properties.kcLoginClass)!}">
<div class="ciba-container ${properties.kcLoginContainer!}">
  <header id="kc-header" class="${v2?then("pf-v5-c-login__header", (properties.kcHeaderClass)!)}">
    <div id="kc-header-wrapper" class="${v2?then("pf-v5-c-brand", (properties.kcHeaderWrapperClass)!)}">${kcSanitize(msg("loginTitleHtml", (realm.displayNameHtml!"")))?no_esc}</div>
  </header>
  <main class="ciba-card<#if !themed> ciba-card-plain</#if> ${(properties.kcLoginMain)!(properties.kcFormCardClass)!}">
    <#if state == "undecided">
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
      <dl class="ciba-details">
        <#if approval.scopes?has_content>
        <div class="ciba-detail">
          <dt>${text.cibaPageScopesLabel}</dt>
          <dd><ul class="ciba-scopes"><#list approval.scopes as scope><li><bdi>${scope}</bdi></li></#list></ul></dd>
        </div>
        </#if>
        <#if approval.requestTime?has_content>
        <div class="ciba-detail">
          <dt>${text.cibaPageTimeLabel}</dt>
          <dd><bdi>${approval.requestTime}</bdi></dd>
        </div>
        </#if>
        <#if approval.requestOrigin?has_content>
        <div class="ciba-detail">
          <dt>${text.cibaPageOriginLabel}</dt>
          <dd><bdi dir="ltr">${approval.requestOrigin}</bdi></dd>
        </div>
        </#if>
        <#if approval.secondsLeft??>
        <#assign minutes = (approval.secondsLeft / 60)?int>
        <#assign seconds = approval.secondsLeft - minutes * 60>
        <div class="ciba-detail">
          <dt>${text.cibaPageTimeLeftLabel}</dt>
          <dd><bdi id="ciba-countdown" dir="ltr" role="timer" data-seconds-left="${approval.secondsLeft?c}">${minutes?c}:<#if seconds lt 10>0</#if>${seconds?c}</bdi> <span id="ciba-countdown-static">(${text.cibaPageTimeLeftStatic})</span></dd>
        </div>
        </#if>
      </dl>
      <p id="ciba-only-if-you" class="ciba-warning"><@icon "M12 9v4M12 17h.01M10.3 3.9 1.8 18a2 2 0 0 0 1.7 3h17a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0z"/><span>${text.cibaPageOnlyIfYou}</span></p>
      <form id="ciba-form" class="ciba-form" method="post" action="${approval.actionUrl}" aria-describedby="ciba-only-if-you">
        <button class="ciba-button ciba-button-deny ${properties.kcButtonClass!} ${(properties.kcButtonSecondaryClass)!(properties.kcButtonDefaultClass)!}" type="submit" name="decision" value="deny">${text.cibaPageDeny}</button>
        <button class="ciba-button ciba-button-approve ${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!}" type="submit" name="decision" value="approve">${text.cibaPageApprove}</button>
      </form>
      <p id="ciba-status" class="ciba-status" role="status" data-minute="${text.cibaPageTimeLeftMinute}" data-half-minute="${text.cibaPageTimeLeftHalfMinute}" data-over="${text.cibaPageTimeOver}" data-sending="${text.cibaPageSending}"></p>
    </div>
    <#else>
    <div class="ciba-card-header ${properties.kcLoginMainHeader!}">
      <#if state == "approved">
      <@result "approved" text.cibaPageApprovedHeading text.cibaPageApprovedText "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM7.5 12.5l3 3 6-7"/>
      <#elseif state == "denied">
      <@result "denied" text.cibaPageDeniedHeading text.cibaPageDeniedText "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM8.5 8.5l7 7M15.5 8.5l-7 7"/>
      <#elseif state == "ended">
      <@result "ended" text.cibaPageEndedHeading text.cibaPageEndedText "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM12 7v5l3 3"/>
      <#elseif state == "refused">
      <@result "refused" text.cibaPageRefusedHeading text.cibaPageRefusedText "M12 9v4M12 17h.01M10.3 3.9 1.8 18a2 2 0 0 0 1.7 3h17a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0z"/>
      <#else>
      <@result "unknown" text.cibaPageUnknownHeading text.cibaPageUnknownText "M10 14a5 5 0 0 0 7 0l3-3a5 5 0 0 0-7-7l-1 1M14 10a5 5 0 0 0-7 0l-3 3a5 5 0 0 0 7 7l1-1M3 3l18 18"/>
      </#if>
    </div>
    </#if>
  </main>
</div>
</div>
</body>
</html>
