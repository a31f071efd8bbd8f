<#ftl output_format="HTML">
<#-- SPDX-License-Identifier: Apache-2.0 -->
<#import "ciba-mail-layout.ftl" as layout>
<@layout.mail>
<@layout.opening/>
<@layout.message/>
<@layout.decision/>
<@layout.closing/>
</@layout.mail>
