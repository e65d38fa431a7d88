import { formatEndpoint, formatListen } from '../../../shared/model/address.ts'
import { conflict, NexthopError } from '../../../shared/errors.ts'
import { formatDocument } from '../../app/config-document.ts'
import { memoryConfigFile } from '../../app/config-file.ts'
import { demoConfig, demoRuleId, startDemo, type Demo } from '../../app/demo/demo.ts'
import { suggestPort } from '../../app/port-suggestion.ts'
import type { Application } from '../../app/application.ts'
import { explainForCli } from '../cli-advice.ts'
import type { Command, CommandContext, ExitCode } from '../command.ts'
import { createHeadlessApp } from '../headless-app.ts'
import { numberOption } from '../duration.ts'
import { programName } from '../program-name.ts'
import { createStopSignal } from '../stop-signal.ts'
import { tellDraining } from '../tell-draining.ts'
import { withClosers } from '../with-closers.ts'

const usualPort = 9102

export const demo: Command = {
  name: 'demo',
  summary: 'Shows Nexthop at work: an embedded SOCKS5 server, a web page behind it, and a rule in front.',
  operands: [],
  options: {
    port: {
      type: 'string',
      value: 'N',
      summary: `where the rule listens (${usualPort}, or the next free port)`,
    },
  },
  notes: [
    'Everything is on loopback and ends with this command. The embedded SOCKS5 server leads to the demo’s page and ' +
      'nowhere else.',
  ],
  examples: [{ line: 'nexthop demo', says: 'then try the curl line that it prints' }],
  run: async (given, context) => {
    const port = numberOption(given, 'port') ?? (await suggestPort(usualPort, []))
    return withClosers<ExitCode>(async (own) => {
      const stop = createStopSignal(['SIGHUP'])
      own(() => {
        stop.close()
      })
      const servers = await startDemo()
      own(() => servers.close())
      const file = memoryConfigFile(formatDocument(demoConfig(servers, port)))
      const app = createHeadlessApp(context, file, 'refuse')
      own(() => app.close())
      await app.start()
      tell(servers, await listeningAddress(app), context)
      await stop.requested
      void tellDraining(app)
      return 0
    })
  },
}

async function listeningAddress({ handlers }: Application): Promise<string> {
  const { runtime } = await handlers['state.get']({})
  const status = runtime.rules.find(({ ruleId }) => ruleId === demoRuleId)?.status
  if (status?.state === 'listening') return formatListen(status.address)
  if (status?.state === 'failed') throw conflict(explainForCli(status.failure, '--port'))
  throw new NexthopError({ code: 'internal' })
}

function tell(
  { socks, page }: Pick<Demo, 'socks' | 'page'>,
  listen: string,
  { console, env }: CommandContext,
): void {
  const hop = `socks5://${formatEndpoint(socks)}`
  const target = formatEndpoint(page)
  const url = `http://${listen}/`
  console.result(`listening ${listen}`, { event: 'listening', address: listen, hop, target, url })
  console.note('')
  console.note(`  you  →  ${listen}  →  ${hop}  →  the page at ${target}`)
  console.note('')
  console.note('Try, in another terminal or a browser:')
  console.note(`  curl ${url}`)
  console.note(`  ${programName(env)} check ${hop} --target ${target}`)
  console.note('Ctrl-C ends the demo.')
}
