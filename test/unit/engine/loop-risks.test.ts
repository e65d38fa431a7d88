import { expect, it } from 'vitest'
import type { OwnAddress } from '../../../main/engine/own-addresses.ts'
import { LoopRisks } from '../../../main/engine/loop-risks.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'

const own = { name: 'eth0', address: '192.0.2.7', internal: false }
/** Three rules to a listener of our own, through hops of which the second one runs on this machine. */
const config = makeConfig({
  hops: ['192.0.2.8', own.address].map((host, index) =>
    makeHop({ id: `h${index}`, name: host, host, port: 9 }),
  ),
  lists: [{ id: 'l', name: 'List', hopIds: ['h0', 'h1'] }],
  rules: [1, 2, 3].map((count) =>
    makeRule({ id: `r${count}`, to: { host: own.address, port: 80 }, route: { kind: 'list', listId: 'l' } }),
  ),
})

function makeRisks(addresses: () => readonly OwnAddress[] | undefined) {
  return new LoopRisks((port, address) => port === 80 && address() === own.address, addresses)
}

it('the addresses of this machine are asked for once in a config', () => {
  let asked = 0
  const risks = makeRisks(() => {
    asked += 1
    return [own]
  })
  expect(risks.apply(config)).toHaveLength(3)
  expect(asked).toBe(1)
})

it('loops are known by the last addresses while there are no newer ones', () => {
  let known: readonly OwnAddress[] | undefined
  const risks = makeRisks(() => known)
  const [rule] = config.rules
  const isRisk = () => {
    risks.apply(config)
    return rule && risks.has(rule)
  }
  expect(isRisk()).toBe(false)
  known = [own]
  expect(isRisk()).toBe(true)
  known = undefined
  expect(isRisk()).toBe(true)
})
