import { globalPooling } from '../families';

export default globalPooling({
  type: 'GlobalMaxPool',
  since: 1,
  says: 'The largest element of each channel.',
});
