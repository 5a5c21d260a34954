/** The operator of torch behind one of Python's that calculates. */
export const calculations: ReadonlyMap<string, string> = new Map([
  ['+', 'add'],
  ['-', 'sub'],
  ['*', 'mul'],
  ['/', 'div'],
  ['//', 'floor_divide'],
  ['%', 'remainder'],
  ['**', 'pow'],
  ['@', 'matmul'],
  ['&', 'bitwise_and'],
  ['|', 'bitwise_or'],
  ['^', 'bitwise_xor'],
  ['<<', 'bitwise_left_shift'],
  ['>>', 'bitwise_right_shift'],
]);

/** The operator of torch behind one of Python's that compares. */
export const comparisons: ReadonlyMap<string, string> = new Map([
  ['==', 'eq'],
  ['!=', 'ne'],
  ['<', 'lt'],
  ['<=', 'le'],
  ['>', 'gt'],
  ['>=', 'ge'],
]);
