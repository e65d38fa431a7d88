import type { ClientReport } from '../../../shared/texts/client-report.ts'
import type { HttpStatus } from './http-status.ts'

const style =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:15vh auto;padding:0 1rem}' +
  'h1{font-size:1.5rem}footer{opacity:.7;font-size:.875rem}'

/** What a browser shows. Nothing in it is loaded from anywhere. */
export function failurePage(report: ClientReport, status: HttpStatus, language: string): string {
  const title = escapeHtml(report.title)
  return [
    '<!doctype html>',
    `<html lang="${language}"><head><meta charset="utf-8"><title>${title}</title>`,
    '<meta name="viewport" content="width=device-width">',
    `<style>${style}</style></head>`,
    `<body><h1>${title}</h1>`,
    `<p>${escapeHtml(report.reason)}</p>`,
    `<footer>Nexthop · ${status.code} ${status.words} · ${escapeHtml(report.reference)}</footer></body></html>`,
    '',
  ].join('\n')
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
