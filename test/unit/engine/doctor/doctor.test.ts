import { describe, expect, it } from 'vitest'
import { parseExcludedRanges } from '../../../../main/engine/doctor/excluded-ports.ts'
import { examinePort } from '../../../../main/engine/doctor/examine-port.ts'
import { parseDate, parseProcStart, runningSince } from '../../../../main/engine/doctor/running-since.ts'
import { describeReport } from '../../../../main/headless/commands/doctor.ts'
import { managed } from '../../../support/managed.ts'
import { startEcho } from '../../../support/targets.ts'
import { freePort } from '../../../support/tcp-server.ts'

describe('ranges that Windows reserves', () => {
  it('are read from what netsh prints, in any language', () => {
    const output = [
      '',
      'Protokoll tcp Portausschlussbereiche',
      '',
      'Startport      Endport',
      '----------    --------',
      '      5357        5357',
      '     50000       50059     *',
      '',
      '* - Verwaltete Portausschlüsse.',
    ].join('\r\n')
    expect(parseExcludedRanges(output)).toEqual([
      { from: 5357, to: 5357 },
      { from: 50000, to: 50059 },
    ])
    expect(parseExcludedRanges('')).toEqual([])
  })
})

describe('since when a process runs', () => {
  it('is read from /proc, whatever its name', () => {
    const fields = Array.from({ length: 30 }, (_, index) => String(index + 4))
    const stat = `812 (a) b (c)) S ${fields.join(' ')}`
    // Field 22 is 22 here: 0.22 s after the boot.
    expect(parseProcStart(stat, 'cpu 1 2\nbtime 1700000000\n', 100)).toBe(1_700_000_000_220)
    expect(parseProcStart('', '', 100)).toBeUndefined()
  })

  it('is read from what ps and PowerShell print', () => {
    expect(parseDate('Tue Nov 24 17:00:00 2026\n')).toBe(new Date(2026, 10, 24, 17).getTime())
    expect(parseDate('2026-11-24T17:00:00.1234567Z\r\n')).toBe(Date.UTC(2026, 10, 24, 17, 0, 0, 123))
    expect(parseDate('')).toBeUndefined()
  })

  it.runIf(process.platform === 'linux')('is about right for this process', async () => {
    const since = await runningSince(process.pid)
    expect(Math.abs(Number(since) - performance.timeOrigin)).toBeLessThan(5000)
  })
})

describe('the port doctor', () => {
  it('finds a free port free, and leaves it so', async () => {
    const port = await freePort()
    for (let count = 0; count < 2; count += 1) {
      expect(await examinePort('127.0.0.1', port)).toEqual({ host: '127.0.0.1', port, state: 'free' })
    }
  })

  it.runIf(process.platform === 'linux')('names the holder of a busy port', async () => {
    const { port } = await managed(startEcho())
    const report = await examinePort('127.0.0.1', port)
    expect(report).toMatchObject({ state: 'busy', failure: { holder: { pid: process.pid } } })
    const now = Number(report.since) + 90_000
    expect(describeReport({ ...report, nextFree: port + 1 }, now)).toMatch(
      new RegExp(
        `^127\\.0\\.0\\.1:${port} is in use by this Nexthop .* That program has run for 1 min 30 s, since 20.*Z\\. ` +
          `Port ${port + 1} is free on 127\\.0\\.0\\.1\\.$`,
      ),
    )
  })

  it('says that an address is not one of this machine', async () => {
    const report = await examinePort('203.0.113.7', 9102)
    expect(report).toMatchObject({ state: 'unavailable' })
    // Where another port is free can not be told for an address that is not here.
    expect(describeReport({ ...report, nextFree: 9102 }, 0)).toMatch(/ On 127\.0\.0\.1, port 9102 is free\.$/)
  })

  it('says that Windows keeps a port', () => {
    const failure = { code: 'port-forbidden', target: '127.0.0.1:50010' } as const
    const reserved = { from: 50000, to: 50059 }
    const report = { host: '127.0.0.1', port: 50010, state: 'forbidden', failure, reserved } as const
    expect(describeReport(report, 0)).toContain('Windows keeps the ports 50000 to 50059 for itself')
  })
})
