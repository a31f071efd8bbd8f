<#ftl output_format="HTML">
<#-- SPDX-License-Identifier: Apache-2.0 -->
<#--
  The frame and the parts that both HTML mails share. Colours stand inline for clients that drop the
  style element; the classes only serve the dark scheme and small screens.
-->
<#macro mail>
<!DOCTYPE html>
<html lang="${lang}" dir="${dir}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="supported-color-schemes" content="light dark">
  <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
  <title>${subject}</title>
  <style>
    :root { color-scheme: light dark; supported-color-schemes: light dark; }
    @media (max-width: 480px) {
      .ciba-outer { padding: 0 !important; }
      .ciba-card { border-radius: 0 !important; border-left: 0 !important; border-right: 0 !important; }
      .ciba-cell { padding-left: 20px !important; padding-right: 20px !important; }
    }
    @media (prefers-color-scheme: dark) {
      .ciba-page { background-color: #151515 !important; }
      .ciba-card { background-color: #212427 !important; border-color: #0066cc #444548 #444548 #444548 !important; }
      .ciba-text { color: #f0f0f0 !important; }
      .ciba-muted { color: #c7c7c7 !important; }
      .ciba-message { background-color: #12304d !important; border-color: #73bcf7 !important; }
      .ciba-rule { border-color: #444548 !important; }
      .ciba-link { color: #92c5f9 !important; }
    }
  </style>
</head>
<body class="ciba-page" style="margin:0;padding:0;background-color:#f0f0f0;-webkit-text-size-adjust:100%;">
<table role="presentation" class="ciba-page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f0f0f0;">
<tr>
<td class="ciba-outer" align="center" style="padding:24px 12px;">
<table role="presentation" class="ciba-card" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:560px;table-layout:fixed;background-color:#ffffff;border:1px solid #d2d2d2;border-top:4px solid #0066cc;border-radius:8px;font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif;">
<#nested>
</table>
</td>
</tr>
</table>
</body>
</html>
</#macro>

<#macro row padding>
<tr>
<td class="ciba-cell" style="padding:${padding};text-align:start;overflow-wrap:anywhere;word-break:break-word;">
<#nested>
</td>
</tr>
</#macro>

<#-- Who wants access. -->
<#macro opening>
<@row "28px 32px 0 32px">
<h1 class="ciba-text" style="margin:0 0 12px 0;font-size:22px;line-height:1.3;font-weight:600;color:#151515;">${text.cibaMailHeading}</h1>
<p class="ciba-text" style="margin:0;font-size:16px;line-height:1.5;color:#151515;">${text.cibaMailIntro}</p>
</@row>
<@granted/>
</#macro>

<#-- What is asked for in detail. -->
<#macro granted>
<#list details![] as entry>
<@row "20px 32px 0 32px">
<h2 class="ciba-text" style="margin:0 0 6px 0;font-size:17px;line-height:1.4;font-weight:600;color:#151515;"><span dir="auto">${entry.heading}</span></h2>
<@fields entry.fields/>
<#if entry.more?has_content>
<#if entry.fields?has_content><p class="ciba-muted" style="margin:6px 0 2px 0;font-size:14px;line-height:1.5;color:#4d4d4d;">${text.cibaDetailsMore}</p></#if>
<@fields entry.more/>
</#if>
</@row>
</#list>
<#if resources?has_content>
<@row "20px 32px 0 32px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="table-layout:fixed;">
<#list resources as resource>
<#if resource.name?has_content><@detail resource?is_first?then(text.cibaResourcesLabel, "") resource.name/></#if>
<@detail (resource?is_first && !resource.name?has_content)?then(text.cibaResourcesLabel, "") resource.uri "ltr"/>
</#list>
</table>
</@row>
</#if>
</#macro>

<#macro fields list>
<#if list?has_content>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="table-layout:fixed;">
<#list list as field>
<#list field.lines as line><@detail line?is_first?then(field.label, "") line/></#list>
</#list>
</table>
</#if>
</#macro>

<#-- What to compare with the device. -->
<#macro message>
<@row "20px 32px 0 32px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="table-layout:fixed;">
<tr>
<td class="ciba-message" style="padding:14px 16px;background-color:#e7f1fa;border:1px solid #0066cc;border-radius:6px;text-align:start;overflow-wrap:anywhere;word-break:break-word;">
<p class="ciba-muted" style="margin:0 0 6px 0;font-size:14px;line-height:1.4;color:#4d4d4d;">${text.cibaMailBindingMessageLabel}</p>
<p class="ciba-text" style="margin:0;font-size:20px;line-height:1.4;font-weight:700;color:#151515;"><span dir="auto">${bindingMessage!}</span></p>
</td>
</tr>
</table>
<p class="ciba-text" style="margin:10px 0 0 0;font-size:14px;line-height:1.5;color:#151515;">${text.cibaMailBindingMessageHint}</p>
</@row>
</#macro>

<#-- The way to the page, and how long it stays open. -->
<#macro decision>
<@row "24px 32px 0 32px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
<tr>
<td align="center" style="background-color:#0066cc;border-radius:6px;"><a href="${magicLink}" style="display:block;padding:14px 20px;font-size:17px;line-height:1.3;font-weight:600;color:#ffffff;text-decoration:none;">${text.cibaMailButton}</a></td>
</tr>
</table>
<p class="ciba-text" style="margin:12px 0 0 0;font-size:14px;line-height:1.5;color:#151515;">${text.cibaMailAction} <strong>${text.cibaMailExpiry}</strong></p>
<p class="ciba-muted" style="margin:16px 0 4px 0;font-size:14px;line-height:1.5;color:#4d4d4d;">${text.cibaMailLinkHint}</p>
<p dir="ltr" style="margin:0;font-size:13px;line-height:1.5;word-break:break-all;"><a class="ciba-link" href="${magicLink}" style="color:#0066cc;text-decoration:underline;">${magicLink}</a></p>
</@row>
</#macro>

<#macro detail label value direction="auto">
<tr>
<td class="ciba-muted" valign="top" width="38%" style="padding:2px 0;font-size:14px;line-height:1.5;color:#4d4d4d;text-align:start;">${label}</td>
<td class="ciba-text" valign="top" style="padding:2px 0;padding-inline-start:8px;font-size:14px;line-height:1.5;color:#151515;text-align:start;"><span dir="${direction}">${value}</span></td>
</tr>
</#macro>

<#-- When, from where, what to do if it was not you; the request id is the last thing said. -->
<#macro closing>
<@row "20px 32px 0 32px">
<div class="ciba-rule" style="height:12px;border-top:1px solid #d2d2d2;font-size:0;line-height:0;"></div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="table-layout:fixed;">
<@detail text.cibaMailTimeLabel requestTime/>
<#if requestOrigin?has_content><@detail text.cibaMailOriginLabel requestOrigin "ltr"/></#if>
<@detail text.cibaMailCodeLabel requestCode "ltr"/>
</table>
<#if requestOrigin?has_content>
<p class="ciba-muted" style="margin:4px 0 0 0;font-size:14px;line-height:1.5;color:#4d4d4d;">${text.cibaMailOriginHint}</p>
</#if>
</@row>
<@row "16px 32px 28px 32px">
<p class="ciba-text" style="margin:0 0 8px 0;font-size:14px;line-height:1.5;color:#151515;"><strong>${text.cibaPageOnlyIfYou}</strong> ${text.cibaMailIgnore}</p>
<p class="ciba-text" style="margin:0 0 16px 0;font-size:14px;line-height:1.5;color:#151515;">${text.cibaMailKeepPrivate}</p>
<#if inboxLink?has_content>
<p class="ciba-muted" style="margin:0 0 16px 0;font-size:14px;line-height:1.5;color:#4d4d4d;">${text.cibaMailInbox} <a class="ciba-link" dir="ltr" href="${inboxLink}" style="color:#0066cc;text-decoration:underline;word-break:break-all;">${inboxLink}</a></p>
</#if>
<p class="ciba-muted" style="margin:0;font-size:12px;line-height:1.5;color:#4d4d4d;">${text.cibaMailRequestIdLabel} <span dir="ltr">${authReqId}</span></p>
</@row>
</#macro>
