/**
 * @typedef {object} Drawing
 * @property {string} svg
 * @property {number} size The pixels of both sides.
 * @property {string} [color] What currentColor is in it.
 * @property {number} [margin] The empty edge, as a part of the size.
 */

/**
 * Draws an SVG with the page of a browser.
 * @param {import('@playwright/test').Page} page
 * @param {Drawing} drawing
 * @returns {Promise<{ size: number, png: Buffer, rgba: Uint8Array }>}
 */
export async function draw(page, { svg, size, color = '#000', margin = 0 }) {
  const source = svg
    .replaceAll('currentColor', color)
    .replace('<svg ', `<svg width="${size}" height="${size}" `)
  const url = `data:image/svg+xml;base64,${Buffer.from(source).toString('base64')}`
  const script = `(${drawInPage})(${JSON.stringify([url, size, margin])})`
  const { png, rgba } = /** @type {{ png: string, rgba: number[] }} */ (await page.evaluate(script))
  return { size, png: Buffer.from(png, 'base64'), rgba: Uint8Array.from(rgba) }
}

// As text, because it runs in the browser.
const drawInPage = `async ([url, size, margin]) => {
  const image = new Image()
  image.src = url
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size
  const context = canvas.getContext('2d')
  const edge = Math.round(size * margin)
  context.drawImage(image, edge, edge, size - 2 * edge, size - 2 * edge)
  return {
    png: canvas.toDataURL('image/png').replace(/^.*,/, ''),
    rgba: [...context.getImageData(0, 0, size, size).data],
  }
}`
