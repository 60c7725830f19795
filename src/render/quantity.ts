/** `5,000`, `12,300,000`. */
export function renderQuantity(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ',')
}
