/** Where the page says what is left out; focus goes there when what was clicked is gone. */
export const SETTINGS_ID = 'detection-settings';
