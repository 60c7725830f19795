import { describeShortSweep } from './short-sweep.js'

describeShortSweep(15, 0)
