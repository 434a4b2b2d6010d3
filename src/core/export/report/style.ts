/** The report's one style sheet: readable on screen, dark or light, and on paper. */
export const STYLE = `:root{color-scheme:light}
body{font:14px/1.45 system-ui,sans-serif;color:#15181d;background:#fff;max-width:980px;margin:0 auto;padding:16px 24px 48px;font-variant-numeric:tabular-nums}
h1{font-size:24px;margin:0 0 4px}
h2{font-size:18px;margin:0 0 4px;overflow-wrap:anywhere}
h3{font-size:14px;margin:16px 0 4px}
p{margin:4px 0}
.muted{color:#59626f}
table{border-collapse:collapse;width:100%;margin:4px 0 8px}
th,td{text-align:left;padding:3px 8px 3px 0;border-bottom:1px solid #d9dde3;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600;overflow-wrap:normal}
td.n,th.n{text-align:right;white-space:nowrap;overflow-wrap:normal}
section{border-top:2px solid #8a93a1;margin-top:24px;padding-top:12px}
svg{max-width:100%;height:auto;margin-top:8px}
pre{font:12px/1.4 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere;background:#f5f6f8;padding:8px}
a{color:#1f5fd0}
@media print{body{max-width:none;padding:0}section{break-before:page}table,svg{break-inside:avoid}details{display:none}a{color:inherit;text-decoration:none}}
`;

/** SHA-256 of the style sheet in base64: the only thing the report's content security policy lets in. */
export const STYLE_HASH = 'M6RqLr0meeglwbA/0KgrwTDE99qUXwmWf+pN918iVBk=';
