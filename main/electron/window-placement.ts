import * as v from 'valibot'

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where the window was when it was last seen. */
export interface Placement {
  readonly bounds: Rectangle
  readonly isMaximized: boolean
}

export const smallestWindow = { width: 360, height: 420 } as const
const firstSize = { width: 1100, height: 760 } as const
/** So much of the title bar must be within reach, or the window could not be moved. */
const reach = { width: 120, height: 40 } as const

const schema = v.object({
  bounds: v.object({
    x: v.pipe(v.number(), v.safeInteger()),
    y: v.pipe(v.number(), v.safeInteger()),
    width: v.pipe(v.number(), v.safeInteger()),
    height: v.pipe(v.number(), v.safeInteger()),
  }),
  isMaximized: v.boolean(),
})

/** Undefined for anything that is not a placement. */
export function parsePlacement(text: string | undefined): Placement | undefined {
  if (text === undefined) return undefined
  try {
    return v.parse(schema, JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Size, and the place where there is one that a display shows today; without a place, the system chooses. */
export type Fitted = { readonly width: number; readonly height: number } & Partial<Pick<Rectangle, 'x' | 'y'>>

/**
 * Fits a remembered window to the displays of today: not larger than the one it is on, and with its title bar within
 * reach. `workAreas` are those of all displays, the main one first.
 */
export function fitWindow(remembered: Rectangle | undefined, workAreas: readonly Rectangle[]): Fitted {
  const wanted = remembered ?? firstSize
  const home = remembered && workAreas.find((area) => isWithinReach(remembered, area))
  const area = home ?? workAreas[0]
  const size = area ? fitSize(wanted, area) : { width: wanted.width, height: wanted.height }
  return remembered && home ? { ...size, x: remembered.x, y: remembered.y } : size
}

function fitSize(wanted: { readonly width: number; readonly height: number }, area: Rectangle) {
  return {
    width: Math.min(Math.max(wanted.width, smallestWindow.width), area.width),
    height: Math.min(Math.max(wanted.height, smallestWindow.height), area.height),
  }
}

function isWithinReach({ x, y, width }: Rectangle, area: Rectangle): boolean {
  const visibleWidth = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  const visibleHeight = Math.min(y + reach.height, area.y + area.height) - Math.max(y, area.y)
  return visibleWidth >= reach.width && visibleHeight >= reach.height
}
