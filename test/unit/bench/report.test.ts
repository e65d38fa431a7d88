import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../bench/report/markdown.ts'
import { remarksOf, tablesOf } from '../../bench/report/tables.ts'
import { renderTerminal } from '../../bench/report/terminal.ts'
import { formatValue } from '../../bench/report/units.ts'
import { sampleResults, sampleSection } from './sample-section.ts'

describe('formatValue', () => {
  it.each([
    [2.5e9, 'bytes/s', '2.50 GB/s'],
    [51_234, 'bytes', '51.2 kB'],
    [64.4e6, 'bytes', '64.4 MB'],
    [0.3456, 's/GB', '0.346 s'],
    [12_345.6, '1/s', '12,346/s'],
    [8.25, 'µs', '8.3 µs'],
    [1234, 'µs', '1,234 µs'],
    [9.5, 'ms', '9.5 ms'],
    [0, 'count', '0'],
  ] as const)('%s as %s is %s', (value, unit, text) => {
    expect(formatValue(value, unit)).toBe(text)
  })
})

describe('tablesOf', () => {
  it('sets medians beside ratios, and Nexthop against the best peer', () => {
    expect(tablesOf(sampleSection)).toEqual([
      {
        title: 'Bytes per second (more is better)',
        rows: [
          ['', '1 up', 'Nexthop ÷ it', '8 up', 'Nexthop ÷ it'],
          ['nexthop', '3.00 GB/s ±0%', '', '2.00 GB/s', ''],
          ['haproxy', '1.00 GB/s ±10%', '3.00 ×', 'failed', ''],
          ['v2ray', '2.00 GB/s', '1.50 ×', '1.00 GB/s', '2.00 ×'],
          ['direct', '6.00 GB/s', '0.50 ×', '8.00 GB/s', '0.25 ×'],
          ['Nexthop ÷ best peer', '', '1.50 ×', '', '2.00 ×'],
        ],
      },
      {
        title: 'CPU seconds per GB (less is better)',
        rows: [
          ['', '1 up', 'Nexthop ÷ it'],
          ['nexthop', '0.300 s', ''],
          ['haproxy', '0.600 s', '0.50 ×'],
          ['v2ray', '0.750 s', '0.40 ×'],
          ['direct', '–', ''],
          ['Nexthop ÷ best peer', '', '0.50 ×'],
        ],
      },
    ])
  })

  it('has no ratios without a Nexthop', () => {
    const peers = sampleSection.peers.filter(({ kind }) => kind !== 'nexthop')
    const [rates] = tablesOf({ ...sampleSection, peers })
    expect(rates?.rows.at(-1)).toEqual(['Nexthop ÷ best peer', '', '', '', ''])
  })
})

describe('remarksOf', () => {
  it('says what is missing and why', () => {
    expect(remarksOf(sampleSection)).toEqual([
      'socat left out: socat is not installed',
      'haproxy, 8 up: 3 of 8 streams broke',
    ])
  })
})

describe('renderTerminal', () => {
  it('sets figures in columns', () => {
    expect(renderTerminal(sampleSection)).toContain(`  CPU seconds per GB (less is better)
                            1 up  Nexthop ÷ it
    nexthop              0.300 s
    haproxy              0.600 s        0.50 ×
`)
  })
})

describe('renderMarkdown', () => {
  const page = renderMarkdown(sampleResults)

  it('tells machine, commands and configuration', () => {
    expect(page).toContain(
      '- Some CPU, 2 cores, 8.0 GiB of memory\n- Linux 6.1 x64\n- at most 20,000 open files',
    )
    expect(page).toContain(
      '### haproxy\n\n2.6\n\n```sh\nhaproxy -db -f haproxy.cfg\n```\n\n```text\nlisten bench\n```',
    )
    expect(page).not.toContain('### direct')
  })

  it('has each table with its ratios, and how to repeat it', () => {
    expect(page).toContain('2 rounds on 2026-03-04; again: `npm run bench -- --only throughput`.')
    expect(page).toContain(`**CPU seconds per GB (less is better)**

|   | 1 up | Nexthop ÷ it |
| :-- | --: | --: |
| nexthop | 0.300 s |   |
| haproxy | 0.600 s | 0.50 × |`)
  })

  it('says what is missing, and the limits', () => {
    expect(page).toContain('- socat left out: socat is not installed\n- haproxy, 8 up: 3 of 8 streams broke')
    expect(page).toContain('## Limits\n\n- Load generator, forwarder and sink share one machine')
  })
})
