import { describe, expect, it } from 'vitest'
import { descendants, parseResidentBytes, parseStat } from '../../bench/proc.ts'

describe('parseStat', () => {
  it('adds own and awaited children’s processor time', () => {
    const line =
      '4242 (haproxy) S 4200 4242 4242 0 -1 4194560 1205 77 0 0 150 320 11 19 20 0 3 0 987654 104857600 2900'
    expect(parseStat(line)).toEqual({ pid: 4242, parent: 4200, cpuTicks: 150 + 320 + 11 + 19 })
  })

  it('takes names with spaces and parentheses', () => {
    const line = '17 (a) S 9 (b c)) R 3 17 17 0 -1 0 0 0 0 0 1 2 4 8 20 0 1 0 5 6 7'
    expect(parseStat(line)).toEqual({ pid: 17, parent: 3, cpuTicks: 15 })
  })
})

describe('parseResidentBytes', () => {
  it('finds the figure of status and of smaps_rollup', () => {
    expect(parseResidentBytes('VmHWM:\t  900 kB\nVmRSS:\t  812 kB\nRssAnon:\t  400 kB\n')).toBe(812 * 1024)
    expect(parseResidentBytes('00400000-7ff [rollup]\nRss:                 640 kB\nPss: 1 kB\n')).toBe(
      640 * 1024,
    )
  })

  it('is 0 for a process that has ended', () => {
    expect(parseResidentBytes('')).toBe(0)
    expect(parseResidentBytes('Name:\tcat\nState:\tZ (zombie)\n')).toBe(0)
  })
})

describe('descendants', () => {
  const process = (pid: number, parent: number) => ({ pid, parent, cpuTicks: 0 })
  const all = [
    process(1, 0),
    process(12, 11),
    process(10, 1),
    process(11, 10),
    process(20, 1),
    process(13, 11),
  ]

  it('finds children of children, wherever they stand', () => {
    expect(descendants(all, 10).map(({ pid }) => pid)).toEqual([10, 11, 12, 13])
  })

  it('is empty for a process that has ended', () => {
    expect(descendants(all, 99)).toEqual([])
  })
})
