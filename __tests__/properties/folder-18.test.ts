import { describeFolderProperty } from './describe-folder-property.js'

describeFolderProperty(18, 18, 'is applied exactly once, whatever happens to it and to the runs')
