import { expose } from 'comlink';
import { arrange } from '../../../src/graph/arrange';

expose(arrange);
