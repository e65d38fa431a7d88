import { describe, expect, it } from 'vitest'
import { programName } from '../../../main/headless/program-name.ts'

describe('how the program is called', () => {
  it.each([
    ['installed', {}, 'nexthop'],
    ['in a clone, by npm start', { npm_lifecycle_event: 'start' }, 'npx nexthop'],
    ['in a clone, by npx', { npm_lifecycle_event: 'npx' }, 'npx nexthop'],
  ])('%s', (_where, env, name) => {
    expect(programName(env)).toBe(name)
  })
})
