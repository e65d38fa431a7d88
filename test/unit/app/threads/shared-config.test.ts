import { describe, expect, it } from 'vitest'
import {
  configOfFirst,
  configOfFurther,
  OpenCounts,
  staysBound,
} from '../../../../main/app/threads/shared-config.ts'
import { openCountOf } from '../../../../main/engine/sharing.ts'
import { makeConfig, makeRule } from '../../../support/config.ts'

const direct = { kind: 'direct' } as const
const config = makeConfig({
  rules: [
    makeRule({ id: 'any-port', to: 80, route: direct, maxConnections: 10 }),
    makeRule({ id: 'fixed', listen: 9102, to: 80, route: direct }),
    makeRule({ id: 'unix', listen: { kind: 'unix', path: '/run/x.sock' }, to: 80, route: direct }),
  ],
})
const at = (port: number) => ({ kind: 'tcp', host: '127.0.0.1', port }) as const
const bound = new Map([
  ['any-port', at(40_000)],
  ['fixed', at(9102)],
])

describe('the config of a further thread', () => {
  it('listens where the first thread does, and on no unix socket', () => {
    const { rules, sharing } = configOfFurther(config, 2, bound, new OpenCounts())
    expect(rules.map(({ listen }) => listen)).toEqual([
      at(40_000),
      at(9102),
      { kind: 'unix', path: '/run/x.sock' },
    ])
    expect(sharing).toMatchObject({ thread: 2, silentRules: ['unix'] })
  })

  it('keeps through a change what is still on and listens where it did', () => {
    const [anyPort, fixed, unix] = config.rules
    if (!anyPort || !fixed || !unix) throw new Error('three rules')
    const moved = { ...config, rules: [anyPort, { ...fixed, listen: at(9103) }] }
    expect([...staysBound(bound, config, config).keys()]).toEqual(['any-port', 'fixed'])
    expect([...staysBound(bound, config, moved).keys()]).toEqual(['any-port'])
    const switchedOff = { ...config, rules: [{ ...anyPort, enabled: false }, fixed] }
    expect([...staysBound(bound, config, switchedOff).keys()]).toEqual(['fixed'])
    const stopped = { ...config, settings: { ...config.settings, forwarding: false } }
    expect(staysBound(bound, config, stopped).size).toBe(0)
    expect(staysBound(bound, undefined, config).size).toBe(0)
  })
})

describe('open connections of a limited rule', () => {
  it('are counted in memory that all threads see', () => {
    const counts = new OpenCounts()
    const first = openCountOf(configOfFirst(config, counts).sharing, 'any-port')
    const third = openCountOf(configOfFurther(config, 2, bound, counts).sharing, 'any-port')
    first.tell(3)
    third.tell(4)
    expect([first.elsewhere(), third.elsewhere()]).toEqual([4, 3])
    counts.clear(2)
    expect(first.elsewhere()).toBe(0)
  })

  it('are not counted where there is no limit, or one thread', () => {
    const { sharing } = configOfFirst(config, new OpenCounts())
    expect(Object.keys(sharing?.openCounts ?? {})).toEqual(['any-port'])
    const alone = openCountOf(undefined, 'any-port')
    alone.tell(5)
    expect(alone.elsewhere()).toBe(0)
  })
})
