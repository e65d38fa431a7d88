import { formatEndpoint } from '../../../shared/model/address.ts'
import type { Config } from '../../../shared/model/config.ts'
import type { DemoInfo } from '../../../shared/calls/app-calls.ts'
import { demoHopId, demoRuleId } from '../../../shared/demo-ids.ts'
import type { Route } from '../../../shared/model/route.ts'
import { withoutHop } from '../../../shared/model/next-hop-list.ts'
import type { ConfigEditor } from '../config-editor.ts'
import type { Handlers } from '../dispatch.ts'
import { suggestPort } from '../port-suggestion.ts'
import { upsert } from '../parts.ts'
import { demoConfig, startDemo, type Demo } from './demo.ts'
import { startDemoVisitor, type DemoVisitor } from './demo-visitor.ts'
import { routesOf, usesHop } from '../../../shared/model/routes-of.ts'

/** The gateway's own example port, where it is free. */
const usualPort = 9102

export interface DemoSwitch {
  readonly handlers: Pick<Handlers, 'demo.start' | 'demo.stop'>
  /** Ends the demo and takes it out of the config; where that can't be saved, the next start does it. */
  close(): Promise<void>
}

interface Running {
  readonly demo: Demo
  readonly visitor: DemoVisitor
  readonly info: DemoInfo
}

/** "Try the demo": servers on loopback, and a hop and a rule that lead to them, all gone when it is stopped. */
export function createDemoSwitch(editor: ConfigEditor): DemoSwitch {
  let running: Running | undefined
  // Two clicks must not start two demos.
  let queue: Promise<unknown> = Promise.resolve()
  const enqueue = <T>(task: () => Promise<T>): Promise<T> => {
    const result = queue.then(task)
    queue = result.catch(() => undefined)
    return result
  }

  async function start(): Promise<DemoInfo> {
    if (running && editor.config.rules.some(({ id }) => id === demoRuleId)) return running.info
    await stop()
    const demo = await startDemo()
    try {
      const port = await suggestPort(usualPort, editor.config.rules)
      const info = await editor.change((config) => addDemo(config, demo, port))
      running = { demo, visitor: startDemoVisitor(info.url), info }
      return info
    } catch (error) {
      await demo.close()
      throw error
    }
  }

  async function stop(): Promise<void> {
    const ending = running
    running = undefined
    ending?.visitor.close()
    try {
      if (hasDemo(editor.config)) {
        await editor.change((config) => ({ config: withoutDemo(config), value: undefined }))
      }
    } finally {
      await ending?.demo.close()
    }
  }

  return {
    handlers: {
      'demo.start': () => enqueue(start),
      'demo.stop': async () => {
        await enqueue(stop)
        return {}
      },
    },
    close: () => enqueue(async () => (running ? stop().catch(() => undefined) : undefined)),
  }
}

function addDemo(config: Config, demo: Demo, port: number) {
  const { hops, rules } = demoConfig(demo, port)
  const ownHops = hops.map((hop) => ({ ...hop, id: demoHopId }))
  const ownRules = rules.map((rule) => ({
    ...rule,
    id: demoRuleId,
    route: { kind: 'hop' as const, hopId: demoHopId },
  }))
  const info = {
    ruleId: demoRuleId,
    hopId: demoHopId,
    url: `http://${formatEndpoint({ host: '127.0.0.1', port })}/`,
  }
  return {
    config: {
      ...config,
      hops: ownHops.reduce(upsert, [...config.hops]),
      rules: ownRules.reduce(upsert, [...config.rules]),
    },
    value: info,
  }
}

export function hasDemo({ hops, rules }: Config): boolean {
  return hops.some(({ id }) => id === demoHopId) || rules.some(({ id }) => id === demoRuleId)
}

/** The config without what a demo set up; rules, conditions and lists that somebody pointed at its hop go with it. */
export function withoutDemo(config: Config): Config {
  const lists = config.lists
    .map((list) => (list.hopIds.includes(demoHopId) ? withoutHop(list, demoHopId) : list))
    .filter(({ hopIds }) => hopIds.length > 0)
  const listIds = new Set(lists.map(({ id }) => id))
  const stays = (route: Route) =>
    !usesHop(route, demoHopId) && (route.kind !== 'list' || listIds.has(route.listId))
  const rules = config.rules.filter((rule) => rule.id !== demoRuleId && routesOf(rule).every(stays))
  const conditions = config.conditions.filter(({ route }) => stays(route))
  return { ...config, hops: config.hops.filter(({ id }) => id !== demoHopId), lists, rules, conditions }
}
