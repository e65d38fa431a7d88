/** A CSS colour as a canvas takes it: tokens and `light-dark()` are resolved as they count for the element. */
export function resolveColor(element: HTMLElement, color: string): string {
  const probe = document.createElement('i')
  probe.style.color = color
  element.append(probe)
  const resolved = getComputedStyle(probe).color
  probe.remove()
  return resolved
}
