import type { Page } from '@playwright/test'

/**
 * What is wrong with the layout of a page, in sentences: a page that scrolls as a whole, parts that stick out of the
 * window, and controls that cover each other. Empty where all is well.
 */
export function layoutProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = []
    const describe = (element: Element) => {
      const name = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40)
      return `<${element.localName} class="${element.className}"> “${name}”`
    }
    const isShown = (element: Element) =>
      element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) &&
      element.getBoundingClientRect().width > 1

    const dialog = document.querySelector('dialog:modal')
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) {
      problems.push(`the page is ${root.scrollWidth} px wide in a window of ${root.clientWidth} px`)
    }
    if (root.scrollHeight > root.clientHeight) {
      problems.push(`the page is ${root.scrollHeight} px tall in a window of ${root.clientHeight} px`)
    }
    if (dialog && dialog.scrollHeight > dialog.clientHeight) {
      problems.push(`${describe(dialog)} scrolls as a whole, with its foot`)
    }
    for (const box of document.querySelectorAll('main, dialog:modal, dialog:modal .body')) {
      if (box.scrollWidth > box.clientWidth) {
        problems.push(`${describe(box)} scrolls sideways: ${box.scrollWidth} px in ${box.clientWidth} px`)
      }
    }

    const selector =
      'a[href], button, input:not([type=radio]), select, textarea, summary, [role=radiogroup] label'
    const controls = [...(dialog ?? document).querySelectorAll(selector)].filter(
      // What scrolls away or covers a whole row on purpose is no problem.
      (element) => isShown(element) && !element.closest('.skip, .visually-hidden, [popover], .scroller'),
    )
    // The part that is not scrolled away.
    const visibleBox = (element: Element) => {
      const box = element.getBoundingClientRect()
      const around = element.closest('main, dialog .body')?.getBoundingClientRect()
      const top = Math.max(box.top, around?.top ?? -Infinity)
      const bottom = Math.min(box.bottom, around?.bottom ?? Infinity)
      return { left: box.left, right: box.right, top, bottom }
    }
    const boxes = controls
      .map((element) => ({ element, box: visibleBox(element) }))
      .filter(({ box }) => box.bottom > box.top)
    for (const { element, box } of boxes) {
      if (box.left < -0.5 || box.right > innerWidth + 0.5) {
        problems.push(`${describe(element)} reaches from ${box.left} to ${box.right} px of ${innerWidth}`)
      }
    }
    boxes.forEach(({ element, box }, index) => {
      for (const other of boxes.slice(index + 1)) {
        if (element.contains(other.element) || other.element.contains(element)) continue
        const width = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left)
        const height = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top)
        if (width > 1 && height > 1) {
          problems.push(`${describe(element)} overlaps ${describe(other.element)}`)
        }
      }
    })

    // Text that is wider than its place, and is neither cut with an ellipsis nor scrolled.
    for (const element of (dialog ?? document).querySelectorAll(
      'h1, h2, h3, p, span, label, dt, dd, b, button, a',
    )) {
      if (!isShown(element) || element.closest('.visually-hidden, .scroller')) continue
      const style = getComputedStyle(element)
      const isInline = style.display === 'inline'
      if (isInline || style.overflowX !== 'visible' || element.role === 'switch') continue
      if (element.scrollWidth > element.clientWidth + 1) {
        problems.push(`${describe(element)} is ${element.scrollWidth} px wide in ${element.clientWidth} px`)
      }
    }
    return problems
  })
}

/** The texts of a part of the page that do not show in full, also those that end with an ellipsis. */
export function cutTexts(page: Page, part: string): Promise<string[]> {
  return page.evaluate(
    (selector) =>
      [...document.querySelectorAll(`${selector} :is(span, dt, dd, b, button)`)]
        .filter((element) => element.checkVisibility() && element.role !== 'switch')
        .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
        .map((element) => element.textContent.trim()),
    part,
  )
}
