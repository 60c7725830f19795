/** The version in package.json, which a test compares. */
export const TOOL_VERSION = '0.1.0'
