import { describe, expect, it } from 'vitest'
import { InvalidError } from '../../../main/app/invalid-error.ts'
import { createLog } from '../../../main/app/log.ts'
import { watchConfig } from '../../../main/headless/config-watch.ts'
import { conflict } from '../../../shared/errors.ts'
import { managed } from '../../support/managed.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { until } from '../../support/until.ts'

describe('a look at the config', () => {
  it('that is under way when all is to end says nothing', async () => {
    const log = await managed(createLog({}))
    let fail: ((reason: Error) => void) | undefined
    const reload = () => new Promise<boolean>((_, reject) => (fail = reject))
    const folder = await managed(makeTempDir())
    const end = watchConfig({ log, reload, refresh: async () => undefined }, folder.path)
    process.emit('SIGHUP', 'SIGHUP')
    const rejectReload = await until('the config is read', () => fail)
    end()
    rejectReload(conflict('Nexthop is closing'))
    await new Promise(setImmediate)
    expect(log.entries()).toEqual([])
  })

  it('counts all mistakes, and tells the first ones', async () => {
    const log = await managed(createLog({}))
    const issues = Array.from({ length: 150 }, (_, index) => ({ path: ['hops', index], message: 'bad' }))
    const reload = () => Promise.reject(new InvalidError({ message: 'The config is not valid' }, issues))
    const folder = await managed(makeTempDir())
    const end = watchConfig({ log, reload, refresh: async () => undefined }, folder.path)
    process.emit('SIGHUP', 'SIGHUP')
    const [entry] = await until('it is told', () => log.entries().length > 0 && log.entries())
    end()
    expect(entry?.message).toContain('The changed config has 150 mistakes')
    expect(entry?.message).toContain('hops[9]: bad (and 140 more: nexthop validate).')
  })
})
