import { describeShortSweep } from './short-sweep.js'

describeShortSweep(18, 1)
