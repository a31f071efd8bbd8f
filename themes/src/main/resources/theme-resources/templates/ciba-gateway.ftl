<#ftl output_format="HTML">
<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- What a browser shows on the API's host: that the user is asked, or why the request does not pass. -->
<#import "ciba-page.ftl" as frame>
<#assign texts = {"access_denied": text.cibaGatewayDeniedText, "expired_transaction": text.cibaGatewayExpiredText, "approval_void": text.cibaGatewayVoidText}>
<#if gateway.state == "waiting">
<@frame.page title=text.cibaGatewayWaiting over=gateway.interval>
    <div class="ciba-card-header ${properties.kcLoginMainHeader!}">
      <h1 id="kc-page-title" class="ciba-heading ${properties.kcLoginMainTitle!}">${text.cibaGatewayWaiting}</h1>
    </div>
    <div class="ciba-card-body ${properties.kcLoginMainBody!}">
      <p id="ciba-waiting" role="status" data-status-url="${gateway.statusUrl}" data-interval="${gateway.interval?c}">${text.cibaGatewayWaitingText}</p>
      <p class="ciba-muted">${text.cibaPageTitle}</p>
      <div class="ciba-message" role="group" aria-labelledby="ciba-message-label" aria-describedby="ciba-message-hint">
        <p id="ciba-message-label" class="ciba-message-label">${text.cibaGatewayMessageLabel}</p>
        <p class="ciba-message-text"><bdi>${gateway.message}</bdi></p>
        <p id="ciba-message-hint" class="ciba-message-hint">${text.cibaGatewayMessageHint}</p>
      </div>
      <dl class="ciba-details">
        <@frame.timeLeft gateway.secondsLeft/>
      </dl>
    </div>
</@frame.page>
<#else>
<@frame.page title=text.cibaGatewayDeniedHeading>
    <div class="ciba-card-header ${properties.kcLoginMainHeader!}">
      <@frame.result "denied" text.cibaGatewayDeniedHeading texts[gateway.state]!text.cibaGatewayDeniedText "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM8.5 8.5l7 7M15.5 8.5l-7 7"/>
    </div>
</@frame.page>
</#if>
