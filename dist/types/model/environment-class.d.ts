/** How careful to be with a database, however it is named. */
export type EnvironmentClass = 'development' | 'staging' | 'production';
