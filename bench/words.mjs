export const count = (value) => value.toLocaleString('en')
export const files = (size) => `${count(size)} ${size === 1 ? 'file' : 'files'}`
export const round = (value) => String(Number(value.toFixed(2)))
