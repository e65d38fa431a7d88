import { expect, type Browser } from '@playwright/test'
import { AppPage } from '../e2e/pages/app-page.ts'
import { startServe } from '../e2e/support/serve.ts'
import { makeHop, makeRule, type ConfigFields } from '../support/config.ts'
import { describeFrames, scrollFrames, scrollSeconds, type Frames } from './frames.ts'
import type { Part } from './part.ts'

/** What the views of rules and hops cost with many of both; times in milliseconds. */
interface ManyRulesFigures {
  /** From the link to the first rows. */
  readonly load: number
  readonly scrolling: Frames
  /** From the last letter to the row that is left. */
  readonly search: number
  /** From a click on a rule's switch to its new state. */
  readonly toggle: number
  /** From a click on "Next hops" to its rows, and back to the rules. */
  readonly toHops: number
  readonly toRules: number
  /** From "Switch off" for all rules to the last row that says so, and the longest frame meanwhile. */
  readonly allOff: number
  readonly longestFrame: number
}

export function manyRules(rules: number, hops: number): ConfigFields {
  const hopId = (number: number) => `hop-${number % hops}`
  return {
    hops: Array.from({ length: hops }, (_, number) =>
      makeHop({ id: hopId(number), name: `Hop ${number}`, host: `hop-${number}.example`, port: 1080 }),
    ),
    lists: Array.from({ length: hops / 10 }, (_, number) => ({
      id: `list-${number}`,
      name: `List ${number}`,
      hopIds: Array.from({ length: 10 }, (_, place) => hopId(number * 10 + place)),
    })),
    rules: Array.from({ length: rules }, (_, number) =>
      makeRule({
        id: `rule-${number}`,
        name: `Rule ${number}`,
        to: { host: `service-${number}.example`, port: 443 },
        route:
          number % 2 === 0
            ? { kind: 'hop', hopId: hopId(number) }
            : { kind: 'list', listId: `list-${number % (hops / 10)}` },
      }),
    ),
  }
}

export const manyRulesAndHops: Part = {
  name: 'rules',
  title: 'A thousand rules and a hundred hops',
  measure: async (browser) => {
    const figures = await manyRulesFigures(browser)
    const ms = (value: number) => `${value.toFixed(0)} ms`
    return [
      [`Scrolling the rules for ${scrollSeconds} s`, describeFrames(figures.scrolling)],
      ['From the link to the first rows', ms(figures.load)],
      ['From the last letter of a search to the rule that is left', ms(figures.search)],
      ['From the click on the switch of a rule to its new state', ms(figures.toggle)],
      ['To the view of the hops, and back to the rules', `${ms(figures.toHops)}, ${ms(figures.toRules)}`],
      [
        'Switching all rules off',
        `${ms(figures.allOff)}; the longest time from one frame to the next ${ms(figures.longestFrame)}`,
      ],
    ]
  },
}

async function manyRulesFigures(browser: Browser): Promise<ManyRulesFigures> {
  const server = await startServe({ config: manyRules(1000, 100) })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
  try {
    const app = new AppPage(await context.newPage())
    const { page } = app
    const took = async (act: () => Promise<unknown>) => {
      const start = performance.now()
      await act()
      return performance.now() - start
    }
    const link = await server.newLink()
    const load = await took(async () => {
      await page.goto(link)
      await expect(app.rules.row('Rule 0')).toBeVisible()
    })
    await expect(app.forwardingState).toHaveText('On: 1000 rules listen')
    const scrolling = await scrollFrames(page, 'main', scrollSeconds)
    await app.rules.search.fill('rule 77')
    const search = await took(async () => {
      await app.rules.search.press('7')
      await expect(app.rules.rows).toHaveCount(1)
    })
    const toggle = await took(async () => {
      await app.rules.switch('Rule 777').click()
      await expect(app.rules.status('Rule 777')).toHaveText('Off')
    })
    await app.rules.search.fill('')
    const toHops = await took(async () => {
      await app.open('Next hops')
      await expect(app.hops.row('Hop 99')).toBeAttached()
    })
    const toRules = await took(async () => {
      await app.open('Port rules')
      await expect(app.rules.row('Rule 0')).toBeVisible()
    })
    await page.getByRole('checkbox', { name: 'Select all rules' }).check()
    const frames = longestFrame(app)
    const allOff = await took(async () => {
      await page.getByRole('button', { name: 'Switch off', exact: true }).click()
      await expect(app.forwardingState).toHaveText('On, but every rule is off')
      await expect(app.rules.status('Rule 0')).toHaveText('Off')
    })
    return { load, scrolling, search, toggle, toHops, toRules, allOff, longestFrame: await frames }
  } finally {
    await context.close()
    await server.close()
  }
}

/** Of the next three seconds. */
function longestFrame({ page }: AppPage): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let [last, longest] = [performance.now(), 0]
        const end = last + 3000
        const frame = (now: number) => {
          longest = Math.max(longest, now - last)
          last = now
          if (now < end) requestAnimationFrame(frame)
          else resolve(longest)
        }
        requestAnimationFrame(frame)
      }),
  )
}
