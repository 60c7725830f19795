import { describeFolderProperty } from './describe-folder-property.js'

describeFolderProperty(15, 15, 'is applied exactly once, whatever happens to it and to the runs')
