import { elementwise } from '../families';

export default elementwise({
  type: 'RegexFullMatch',
  since: 20,
  says: 'Whether a whole string matches a pattern.',
  gives: 'bool',
});
