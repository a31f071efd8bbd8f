<#ftl output_format="plainText">
<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "ciba-mail-parts.ftl" as parts>
<@parts.opening/>
<@parts.decision/>
<@parts.closing/>
