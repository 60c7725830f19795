/**
 * The same JSON value, safe to print in a GitHub job: no `##[`, which the runner would read as a command anywhere in a
 * line, and no C1 or bidirectional control that would reach a terminal.
 */
export function escapeJson(json: string): string {
  return json
    .replaceAll('##[', '#\\u0023[')
    .replace(/[\u007f-\u009f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\ufeff]/g, unicodeEscape)
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
