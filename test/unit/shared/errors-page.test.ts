import { format, resolveConfig } from 'prettier'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../../shared/errors.ts'
import { explain, explainInFull } from '../../../shared/texts/explain.ts'
import { errorsPage } from '../../support/errors-page.ts'
import { failureSamples } from '../../support/failure-samples.ts'

const file = new URL('../../../docs/errors.md', import.meta.url).pathname
const samples = Object.values(failureSamples)

describe('docs/errors.md', () => {
  it('is what the code says', async () => {
    const options = await resolveConfig(file)
    const text = await format(errorsPage(), { ...options, filepath: file })
    await expect(text).toMatchFileSnapshot('../../../docs/errors.md')
  })

  it('has every code', () => {
    const known = new Set([...samples.map(({ code }) => code), 'hop-not-socks'])
    expect(errorCodes.filter((code) => !known.has(code))).toEqual([])
  })
})

describe('the sentences', () => {
  it.each(['en', 'de'] as const)('differ for every sample (%s)', (language) => {
    const texts = samples.map((failure) => explainInFull(failure, language))
    expect(new Set(texts).size).toBe(texts.length)
  })

  it('say what to try, but where nothing can be advised', () => {
    const mute = samples.filter((failure) => explain(failure).advice === '').map(({ code }) => code)
    expect(mute).toEqual(['timeout', 'bad-request', 'not-found', 'conflict'])
  })

  it.each(samples.map((failure) => [explainInFull(failure), failure] as const))('%s', (text) => {
    expect(text).toMatch(/[.]$/)
    expect(text).not.toMatch(/undefined|\[object/)
  })
})
