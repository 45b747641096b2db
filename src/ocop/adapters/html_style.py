"""How the HTML looks. Colours come from the page around it, so that it is read on a dark ground as on a light one."""

from typing import Final

ROOT: Final = "ocop-show"
"""The class of the element in which all of it stands; no rule of ours reaches outside."""

# Two colours alone are fixed, for the edges of rows: blue and vermilion, which colour-blind people tell apart as well,
# and which stand out from white and from black. What they say is said by a sign and by words, too.
PIECE: Final = """
.ocop-show{max-width:60em;line-height:1.45;text-align:start;overflow-wrap:break-word}
.ocop-show bdi,.ocop-show code,.ocop-show .text{overflow-wrap:anywhere}
.ocop-show *{box-sizing:border-box}
.ocop-show p{margin:.4em 0}
.ocop-show .kind{font-size:.85em;opacity:.75;margin:0}
.ocop-show .title{font-size:1.2em;font-weight:bold;margin:0}
.ocop-show .h{font-weight:bold;margin:1em 0 .2em}
.ocop-show dl{display:grid;grid-template-columns:max-content 1fr;gap:.1em .8em;margin:.3em 0 .8em;font-size:.92em}
.ocop-show dt{opacity:.75;font-weight:normal;margin:0}
.ocop-show dd{margin:0;min-width:0}
.ocop-show .top{display:flex;flex-wrap:wrap;gap:.6em 2em;align-items:flex-end;margin:.6em 0}
.ocop-show .top>div{flex:1 1 14em;min-width:0}
.ocop-show .big{font-size:1.7em;font-weight:bold;line-height:1.2;margin:0}
.ocop-show .note{font-size:.92em;opacity:.85;margin:.2em 0}
.ocop-show .warn{border-left:.3em solid #d55e00;padding-left:.6em;font-weight:bold}
.ocop-show .bar{display:block;width:100%;min-width:4em;height:.6em;margin:.25em 0;border-radius:.15em}
.ocop-show table{border-collapse:collapse;border:0;width:100%;margin:.3em 0 .8em;font-size:.95em;table-layout:auto}
.ocop-show caption{caption-side:top;text-align:start;font-weight:bold;padding:.3em 0;color:inherit}
.ocop-show th,.ocop-show td{border:0;border-bottom:1px solid;text-align:start;vertical-align:top;padding:.3em .6em;
border-bottom-color:color-mix(in srgb,currentColor 25%,transparent);white-space:normal;max-width:none;min-width:5em}
.ocop-show :is(th,td):first-child{min-width:7em}
.ocop-show thead th{font-weight:normal;font-size:.9em;opacity:.75;border-bottom-color:currentColor;
vertical-align:bottom}
.ocop-show :is(th,td).n{min-width:0}
.ocop-show .n{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}
.ocop-show .w{white-space:nowrap}
.ocop-show .g th{font-weight:bold;padding-top:.8em}
.ocop-show .g .bar{max-width:16em}
.ocop-show tr.no>td:first-child{border-left:.3em solid #d55e00}
.ocop-show tr.yes>td:first-child{border-left:.3em solid #0072b2}
.ocop-show ul{margin:.2em 0 .6em;padding-left:1.4em}
.ocop-show details{margin:.4em 0}
.ocop-show td details,.ocop-show td ul{margin:0}
.ocop-show summary{cursor:pointer}
.ocop-show .text{white-space:pre-wrap;font:inherit;margin:.4em 0;padding:0;border:0;background:none;color:inherit}
.ocop-show code{font-size:.9em;background:none;color:inherit;padding:0}
@media screen and (max-width:40em){
.ocop-show :is(table,caption,tbody,tr,td,th){display:block;width:auto}
.ocop-show thead{display:none}
.ocop-show tr{padding:.35em 0;border-bottom:1px solid;
border-bottom-color:color-mix(in srgb,currentColor 25%,transparent)}
.ocop-show td,.ocop-show .g th{border-bottom:0;padding:.05em .5em}
.ocop-show :is(th,td),.ocop-show :is(th,td):first-child{min-width:0}
.ocop-show td.n{display:inline-block;text-align:start;padding-inline-end:1em}
.ocop-show tr.no>td:first-child,.ocop-show tr.yes>td:first-child{border-left:0}
.ocop-show tr.no{border-left:.3em solid #d55e00}
.ocop-show tr.yes{border-left:.3em solid #0072b2}
.ocop-show td[data-label]::before{content:attr(data-label) ": ";opacity:.75}
.ocop-show td:empty{display:none}
.ocop-show dl{grid-template-columns:1fr;gap:0}
.ocop-show dd{margin-bottom:.3em}
.ocop-show ul{padding-left:1.1em}
}
"""

# On a phone, a picture as narrow as the screen could not be read: there it is moved within its own frame.
PAGE: Final = """
:root{color-scheme:light dark}
body{margin:0 auto;max-width:62em;padding:1em;background:Canvas;color:CanvasText;
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif;font-size:1rem}
h1{font-size:1.6em;line-height:1.2;overflow-wrap:anywhere}
h2{font-size:1.3em;line-height:1.25;margin:0;overflow-wrap:anywhere}
section{margin:2em 0;border-top:2px solid;padding-top:1em}
nav,footer{overflow-wrap:anywhere}
a{color:LinkText}
footer{border-top:1px solid;margin-top:2em;padding-top:.6em;font-size:.9em}
.ocop-show{max-width:none}
figure{margin:1em 0}
figcaption{font-size:.92em;opacity:.85}
figure svg{display:block;height:auto;max-width:100%;background:#fff}
@media screen and (max-width:40em){
figure{overflow-x:auto}
figure svg{width:36rem;max-width:none}
}
@media print{
@page{size:A4;margin:15mm}
:root{color-scheme:light}
body{max-width:none;padding:0;font-size:10pt}
nav{display:none}
section{margin:0 0 1em;border-top:1px solid}
section+section{break-before:page}
tr,figure,li{break-inside:avoid}
h2,.h,caption,.g,summary{break-after:avoid}
thead{display:table-header-group}
summary{list-style:none;font-weight:bold}
}
"""
