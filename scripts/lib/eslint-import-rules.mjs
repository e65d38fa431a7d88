import { forbiddenImport } from './import-zones.mjs'

/** @typedef {import('eslint').Rule.RuleModule} RuleModule */

/** Which folder may import which, as an ESLint rule. @type {RuleModule} */
const importRule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    /** @param {import('eslint').Rule.Node} node */
    const check = (node) => {
      if (!('source' in node) || node.source?.type !== 'Literal') return
      const message = forbiddenImport(context.filename, String(node.source.value))
      if (message) context.report({ node: node.source, message })
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
    }
  },
}

export const importRulesPlugin = { rules: { 'import-rules': importRule } }
