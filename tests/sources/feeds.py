"""The feed that the tests of broken feeds break: three entries of an invented outlet."""

from __future__ import annotations

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>Norvale Post</title>
<link>https://norvale.example/</link>
<language>en-GB</language>
<item>
<title>Shelling in Tarvin</title>
<guid>post-1</guid>
<link>https://norvale.example/1</link>
<pubDate>Tue, 03 Nov 2020 08:55:00 +0400</pubDate>
<description>&lt;p&gt;Two houses burn.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>Two houses <b>burn</b>.</p><p>Nobody was hurt, the mayor says.</p>]]></content:encoded>
</item>
<item>
<title>Bridge &amp; road shut</title>
<guid>post-2</guid>
<link>https://norvale.example/2</link>
<pubDate>Tue, 03 Nov 2020 09:10:00 +0400</pubDate>
<description>The bridge at Karst is shut.</description>
</item>
<item>
<title>Talks in Belmora</title>
<guid>post-3</guid>
<link>https://norvale.example/3</link>
<pubDate>Tue, 03 Nov 2020 10:00:00 +0400</pubDate>
<description>Both sides came to Belmora.</description>
</item>
</channel>
</rss>
"""
TITLES = ("Shelling in Tarvin", "Bridge & road shut", "Talks in Belmora")
KEYS = ("post-1", "post-2", "post-3")
