import { EventEmitter } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { watchForWake } from '../../main/electron/wake-watch.ts'
import { makeConfig, makeHop, makeRule } from '../support/config.ts'
import { freePort, startTcpServer } from '../support/tcp-server.ts'
import { until } from '../support/until.ts'
import { launchHidden, makeHome } from './support.ts'

const direct = { kind: 'direct' } as const

describe('after sleep', () => {
  it('a rule that could not listen listens, now that it can', async () => {
    const taken = await startTcpServer()
    const rules = [makeRule({ listen: taken.port, to: 9, route: direct })]
    const desktop = await launchHidden({ config: makeConfig({ rules }) })
    await until('the rule fails', () => desktop.tray.image.path.includes('problem'))
    await taken.close()
    desktop.powerMonitor.emit('resume')
    await until('the rule listens', () => desktop.tray.tooltip === 'Nexthop: 1 port rule listens')
  })

  it('hops in use are tried, and what that shows is in the log', async () => {
    const port = await freePort()
    const home = await makeHome(
      makeConfig({
        hops: [makeHop({ port }), makeHop({ id: 'idle', name: 'Idle hop', port: await freePort() })],
        rules: [makeRule({ to: 9 })],
      }),
    )
    const desktop = await launchHidden({ home })
    desktop.powerMonitor.emit('resume')
    const log = () => readFile(join(home, 'appData/nexthop-desktop/logs/nexthop.log'), 'utf8').catch(() => '')
    await until('the check is logged', async () => (await log()).includes('refused the connection'))
    expect(await log()).toContain('info  The computer woke up: port rules and next hops are tried again.')
    expect(await log()).toContain(
      `warn  The next hop "Test hop" (127.0.0.1:${port}) refused the connection: nothing listens there.`,
    )
    expect(await log()).not.toContain('Idle hop')
  })
})

describe('the watch for wake and network', () => {
  function watch() {
    const powerMonitor = new EventEmitter()
    const seen: string[] = []
    const place: { addresses: string | undefined; looks: number } = { addresses: 'eth0 10.0.0.5', looks: 0 }
    const watching = watchForWake({
      powerMonitor,
      onChange: (reason: string) => seen.push(reason),
      addresses: () => {
        place.looks += 1
        return place.addresses
      },
      pollMs: 1,
    } as never)
    return { powerMonitor, seen, place, watching }
  }

  it('tells of other addresses once, and of each wake', async () => {
    const { powerMonitor, seen, place, watching } = watch()
    place.addresses = 'wlan0 192.168.1.7'
    await until('it is noticed', () => seen.length === 1)
    powerMonitor.emit('resume')
    expect(seen).toEqual(['network', 'wake'])
    watching.close()
  })

  it('tells nothing twice where the computer wakes up in another network', async () => {
    const { powerMonitor, seen, place, watching } = watch()
    place.addresses = 'wlan0 192.168.1.7'
    powerMonitor.emit('resume')
    place.addresses = 'wlan0 192.168.1.8'
    await until('the next change is noticed', () => seen.length === 2)
    expect(seen).toEqual(['wake', 'network'])
    watching.close()
  })

  it('takes addresses that it can not find out for the same as before', async () => {
    const { powerMonitor, seen, place, watching } = watch()
    place.addresses = undefined
    powerMonitor.emit('resume')
    await until('it has looked', () => place.looks >= 4)
    place.addresses = 'eth0 10.0.0.5'
    await until('it has looked again', () => place.looks >= 8)
    place.addresses = 'eth0 10.0.0.6'
    await until('the next change is noticed', () => seen.length === 2)
    expect(seen).toEqual(['wake', 'network'])
    watching.close()
  })

  it('tells nothing after it is closed', () => {
    const { powerMonitor, seen, watching } = watch()
    watching.close()
    powerMonitor.emit('resume')
    expect(seen).toEqual([])
  })
})
