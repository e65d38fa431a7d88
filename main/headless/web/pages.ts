import { formatListen } from '../../../shared/model/address.ts'
import type { AppSnapshot, RuleStatus } from '../../../shared/runtime.ts'
import { explainInFull } from '../../../shared/texts/explain.ts'
import { describeRouteOut } from '../../../shared/texts/route-out.ts'

// The pages that the server makes itself. No style and no script: the content security policy allows none inline.

/** @param refused why a link did not log in */
export function loginPage(refused?: string): string {
  return page(
    'Nexthop: log in',
    (refused === undefined
      ? '<p>Open the link that <code>nexthop serve</code> printed when it started; it works once.</p>'
      : `<p>${escape(refused)}</p>`) +
      '<p>For a new link, press Enter in the terminal of <code>nexthop serve</code>, or send the process the signal USR2.</p>',
  )
}

/** What runs, for as long as there is no web UI in this build. */
export function statusPage({ config, runtime, info }: AppSnapshot): string {
  const rows = config.rules.map(({ id, name }) => {
    const status = runtime.rules.find(({ ruleId }) => ruleId === id)?.status
    return `<li>${escape(name)}: ${escape(status ? describe(status) : 'off')}</li>`
  })
  const rules = rows.length > 0 ? `<ul>${rows.join('')}</ul>` : '<p>There are no port rules yet.</p>'
  return page(
    'Nexthop',
    `<h2>Port rules</h2>${rules}<p>The config: <code>${escape(info.configPath)}</code></p>` +
      '<h2>To try</h2><pre>nexthop demo\n' +
      'nexthop check socks5h://127.0.0.1:1080\n' +
      'nexthop forward 9102 db.internal:5432 --via socks5h://127.0.0.1:1080</pre>',
  )
}

function describe(status: RuleStatus): string {
  switch (status.state) {
    case 'listening':
      return `listens on ${formatListen(status.address)}`
    case 'failed':
      return explainInFull(status.failure)
    case 'unbound':
      return `does not listen: ${describeRouteOut(status)}`
    default:
      return status.state
  }
}

function page(title: string, body: string): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title>` +
    // Without an icon of its own, browsers ask for one that is not there.
    '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head>' +
    `<body><main><h1>${escape(title)}</h1>${body}</main></body></html>\n`
  )
}

export function escape(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
