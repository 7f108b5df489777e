/** JPEG files. */
export { decode } from 'jpeg-js';
