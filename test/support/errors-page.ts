import { httpStatus, proxyStatus } from '../../main/engine/answer/http-status.ts'
import type { Failure, Stage } from '../../shared/errors.ts'
import { explain } from '../../shared/texts/explain.ts'
import type { Explanation } from '../../shared/texts/failure-texts.ts'
import { english } from '../../shared/texts/failures-en.ts'
import { englishReplies } from '../../shared/texts/socks-replies-en.ts'
import { describeReply } from '../../shared/texts/socks-replies.ts'
import { failureSamples } from './failure-samples.ts'

// Makes docs/errors.md from the code that makes the sentences.

const socks5Replies = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7]
const socks4Replies = [0x5b, 0x5c, 0x5d]

/** Failures whose sentence goes by more than their code and stage. */
const barred: readonly Failure[] = [
  { code: 'blocked', stage: 'accept', bar: { kind: 'client', client: '10.0.0.7:40000', rule: 'Database' } },
  { code: 'blocked', stage: 'accept', bar: { kind: 'limit', rule: 'Database', limit: 100 } },
  {
    code: 'blocked',
    stage: 'route',
    bar: { kind: 'hop', hop: 'Bastion', obstacle: { kind: 'full', limit: 100 } },
  },
  {
    code: 'blocked',
    stage: 'route',
    bar: { kind: 'hop', hop: 'Bastion', obstacle: { kind: 'maintenance' } },
  },
]

export function errorsPage(): string {
  return [
    '# Errors',
    '',
    'Every way in which a connection or a listener can fail, and what Nexthop says of it. Made from the code: a test keeps this',
    'page current (`vitest run --project unit test/unit/shared/errors-page.test.ts --update` renews it).',
    '',
    ...clients,
    '## What is said of a failure',
    '',
    'The sentence stands in the log, the trace, the UI and in what the client is told. *HTTP* is the status of the page that an',
    'HTTP client gets, and the error type in its `Proxy-Status` (RFC 9209). Where a hop is left alone after a failure, the status',
    'is 503, with `Retry-After`.',
    '',
    ...table(
      ['Code', 'Stage', 'What happened', 'What to try', 'HTTP'],
      [...Object.values(failureSamples), ...barred].map(row),
    ),
    '',
    '## Ports below 1024',
    '',
    'Linux keeps them for root. Three ways to let Nexthop listen there:',
    '',
    '- `sysctl net.ipv4.ip_unprivileged_port_start=80` allows the ports from 80 up to every user. To keep it over a restart,',
    '  put that line without `sysctl` into `/etc/sysctl.d/nexthop.conf`.',
    '- `AmbientCapabilities=CAP_NET_BIND_SERVICE` in the systemd unit allows it to the service alone; the unit of the package',
    '  has it.',
    '- `setcap cap_net_bind_service=+ep` on the file of the program that runs Nexthop. For the command line that is Node itself, and so all',
    '  of its programs.',
    '',
    '## What answers in place of a SOCKS proxy',
    '',
    ...explanations('It …', english.looks.socks),
    '',
    '## What answers in place of an HTTP proxy',
    '',
    ...explanations('It …', english.looks.http),
    '',
    '## What does not say where it wants to go',
    '',
    'Where a rule finds its destination in the traffic; the code is `bad-request`, the stage `identify`, the HTTP status 400.',
    '',
    ...explanations('What happened', english.reasons),
    '',
    '## SOCKS replies in words',
    '',
    ...table(
      ['SOCKS', 'Words'],
      [
        ...socks5Replies.map((code) => ['5', describeReply({ version: 5, code }, englishReplies)]),
        ...socks4Replies.map((code) => ['4, 4a', describeReply({ version: 4, code }, englishReplies)]),
      ],
    ),
    '',
  ].join('\n')
}

/** Where else the same is found. */
const furtherStages: Partial<Record<Failure['code'], readonly Stage[]>> = { loop: ['connect-hop', 'request'] }

function row(failure: Failure): string[] {
  const { what, advice } = explain(failure)
  const status = proxyStatus({ failure, connectionId: '1', isLocal: false }).replace(/^.*error=/, '')
  const isOfConnection = failure.stage !== undefined && failure.stage !== 'relay' && failure.stage !== 'close'
  const http = isOfConnection ? `${httpStatus(failure).code} \`${status}\`` : '–'
  const stages = [failure.stage ?? '–', ...(furtherStages[failure.code] ?? [])].join(', ')
  return [`\`${failure.code}\``, stages, what, advice || '–', http]
}

function explanations(head: string, texts: Readonly<Record<string, Explanation>>): string[] {
  return table(
    [head, 'What to try'],
    Object.values(texts).map(({ what, advice }) => [what, advice]),
  )
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}

const reason =
  'The next hop "Office" (127.0.0.1:1) refused the connection: nothing listens there. Check that the proxy runs, and its address and port.'
const told = `Nexthop could not make this connection: ${reason}`

/** As the programs printed it; test/interop/answers.test.ts runs them. */
const clients = [
  '## What clients show',
  '',
  'A client that nothing was sent to yet is told in its own protocol, if Nexthop knows one for it: by the first bytes that it',
  'sent, or, where the server speaks first, by the destination’s port (21 FTP, 22 SSH, 25 and 587 SMTP, 110 POP3, 143 IMAP,',
  '3306 MySQL). All others are reset. A client on another machine is told the connection’s number, but neither hop nor',
  'destination. `onFailure` of a rule (`"explain"`, `"reset"`, `"close"`) says whether.',
  '',
  '```console',
  '$ curl http://127.0.0.1:9080/',
  'Nexthop could not make this connection (502 Bad Gateway)',
  '',
  reason,
  '',
  'connection 1, stage connect-hop',
  '$ psql "host=127.0.0.1 port=9432 user=me"',
  `psql: error: connection to server at "127.0.0.1", port 9432 failed: FATAL:  ${told}`,
  'DETAIL:  This is connection 2, stage connect-hop of Nexthop.',
  '$ ssh -p 9022 me@127.0.0.1',
  `Received disconnect from 127.0.0.1 port 9022:7: ${told} (connection 3, stage connect-hop)`,
  '$ redis-cli -p 9379 get key',
  `ERR ${told} (connection 4, stage connect-hop)`,
  '$ mariadb --protocol=TCP -h 127.0.0.1 -P 9306 -u me',
  `ERROR 2002 (HY000): Received error packet before completion of TLS handshake. The authenticity of the following error cannot be verified: 1429 - ${told} (connection 5, stage connect-hop)`,
  '$ curl -v smtp://127.0.0.1:9025',
  `< 421 ${told} (connection 6, stage connect-hop)`,
  '$ curl https://127.0.0.1:9443/',
  'curl: (35) OpenSSL/3.0.19: error:0A000438:SSL routines::tlsv1 alert internal error',
  '```',
  '',
  'TLS has no place for words: its alerts are `access_denied` where a rule blocks, `unrecognized_name` where a name is not known,',
  'else `internal_error`.',
  '',
]
