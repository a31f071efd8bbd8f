<#ftl output_format="HTML">
<#-- SPDX-License-Identifier: Apache-2.0 -->
<#--
  The frame that the pages share. It is a layout of its own, as Keycloak's layout carries inline scripts that a strict
  Content-Security-Policy refuses, but it takes styles, logo and class names from the realm's login theme.
  The class names come in two families: those of keycloak.v2 and those of the older keycloak theme.
-->
<#assign v2 = properties.kcLogin?has_content>
<#assign themed = v2 || properties.kcFormCardClass?has_content>
<#assign buttonClass = "ciba-button ${properties.kcButtonClass!}">
<#assign plainButtonClass = "${buttonClass} ciba-button-deny ${(properties.kcButtonSecondaryClass)!(properties.kcButtonDefaultClass)!}">
<#assign primaryButtonClass = "${buttonClass} ciba-button-approve ${properties.kcButtonPrimaryClass!}">

<#macro icon path><svg class="ciba-icon" viewBox="0 0 24 24" width="48" height="48" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="${path}"/></svg></#macro>

<#-- How it ended, or why there is nothing to decide. -->
<#macro result kind heading paragraph path>
<div class="ciba-result ciba-result-${kind}">
  <@icon path/>
  <h1 id="kc-page-title" class="ciba-heading ${properties.kcLoginMainTitle!}" tabindex="-1" data-focus>${heading}</h1>
  <p>${paragraph}</p>
  <#nested>
</div>
</#macro>

<#-- A time in UTC that ciba.js puts into the reader's zone. -->
<#macro time at><bdi><time datetime="${at.machine}">${at.text}</time></bdi></#macro>

<#-- The time left, which ciba.js counts down. -->
<#macro timeLeft secondsLeft>
<#local hours = (secondsLeft / 3600)?int>
<#local minutes = (secondsLeft / 60)?int - hours * 60>
<#local seconds = secondsLeft % 60>
        <div class="ciba-detail">
          <dt>${text.cibaPageTimeLeftLabel}</dt>
          <dd><bdi id="ciba-countdown" dir="ltr" role="timer" data-seconds-left="${secondsLeft?c}"><#if hours gt 0>${hours?c}:<#if minutes lt 10>0</#if></#if>${minutes?c}:<#if seconds lt 10>0</#if>${seconds?c}</bdi> <span id="ciba-countdown-static">(${text.cibaPageTimeLeftStatic})</span></dd>
        </div>
</#macro>

<#-- Why the reader comes back from the login as before. -->
<#macro signInFailure kind>
<#if kind?has_content>
<p id="ciba-sign-in-failure" class="ciba-warning" role="alert"><@icon "M12 9v4M12 17h.01M10.3 3.9 1.8 18a2 2 0 0 0 1.7 3h17a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0z"/><span>${(kind == "not-finished")?then(text.cibaPageSignInNotFinished, text.cibaPageSignInFailed)}</span></p>
</#if>
</#macro>

<#macro language>
<#if (languages![])?size gt 1>
<nav class="ciba-languages" aria-label="${text.cibaPageLanguage}">
<details>
  <summary><span class="ciba-hidden">${text.cibaPageLanguage}: </span>${languageName}</summary>
  <ul>
    <#list languages as choice>
    <li><a referrerpolicy="no-referrer" href="${choice.url}" lang="${choice.tag}" hreflang="${choice.tag}"<#if choice.current> aria-current="true"</#if>>${choice.name}</a></li>
    </#list>
  </ul>
</details>
</nav>
</#if>
</#macro>

<#-- The last: after how many seconds a browser that runs no scripts asks again; 0 for never. -->
<#macro page title over=0>
<!DOCTYPE html>
<html class="${properties.kcHtmlClass!}<#if darkMode!false> ciba-darkable</#if>" lang="${lang}" dir="${dir}"<#if darkMode!false> data-dark-class="${properties.kcDarkModeClass!}"</#if>>
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex, nofollow">
  <meta name="color-scheme" content="light${(darkMode!false)?then(' dark', '')}">
  <title>${title}</title>
  <#if over gt 0><noscript><meta http-equiv="refresh" content="${over?c}"></noscript></#if>
  <#if (themeResources.favicons)?has_content>
  <#list themeResources.favicons as favicon>
  <link referrerpolicy="no-referrer" rel="${favicon.rel!"icon"}" href="${url.resourcesPath}/${favicon.path}">
  </#list>
  <#else>
  <link referrerpolicy="no-referrer" rel="icon" href="${url.resourcesPath}/img/favicon.ico">
  </#if>
  <#if (themeResources.stylesCommon)?has_content>
  <#list themeResources.stylesCommon as style>
  <link referrerpolicy="no-referrer" rel="stylesheet" href="${url.resourcesCommonPath}/${style.path}"<#if style.media?has_content> media="${style.media}"</#if>>
  </#list>
  <#else>
  <#list (properties.stylesCommon!"")?split(" ") as style><#if style?has_content>
  <link referrerpolicy="no-referrer" rel="stylesheet" href="${url.resourcesCommonPath}/${style}">
  </#if></#list>
  </#if>
  <#if (themeResources.styles)?has_content>
  <#list themeResources.styles as style>
  <link referrerpolicy="no-referrer" rel="stylesheet" href="${url.resourcesPath}/${style.path}"<#if style.media?has_content> media="${style.media}"</#if>>
  </#list>
  <#else>
  <#list (properties.styles!"")?split(" ") as style><#if style?has_content>
  <link referrerpolicy="no-referrer" rel="stylesheet" href="${url.resourcesPath}/${style}">
  </#if></#list>
  </#if>
  <link referrerpolicy="no-referrer" rel="stylesheet" href="${url.resourcesPath}/ciba/ciba.css">
  <script referrerpolicy="no-referrer" src="${url.resourcesPath}/ciba/ciba.js"></script>
</head>
<body id="keycloak-bg" class="ciba ${properties.kcBodyClass!}" data-page-id="login-ciba-approval">
<div class="ciba-layout ${(properties.kcLogin)!(properties.kcLoginClass)!}">
<div class="ciba-container ${properties.kcLoginContainer!}">
  <header id="kc-header" class="${v2?then("pf-v5-c-login__header", (properties.kcHeaderClass)!)}">
    <div id="kc-header-wrapper" class="${v2?then("pf-v5-c-brand", (properties.kcHeaderWrapperClass)!)}">${titleHtml?no_esc}</div>
  </header>
  <main class="ciba-card<#if !themed> ciba-card-plain</#if> ${(properties.kcLoginMain)!(properties.kcFormCardClass)!}">
    <#nested>
  </main>
  <@language/>
</div>
</div>
</body>
</html>
</#macro>
