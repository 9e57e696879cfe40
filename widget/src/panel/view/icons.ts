import { icon } from '../../dom';

export const closeIcon = (): SVGSVGElement => icon('M6 6l12 12', 'M18 6L6 18');
export const moreIcon = (): SVGSVGElement => icon('M5 12h.01', 'M12 12h.01', 'M19 12h.01');
export const sendIcon = (): SVGSVGElement => icon('M12 19V5', 'M5.5 11.5L12 5l6.5 6.5');
export const personIcon = (): SVGSVGElement => icon('M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8z', 'M4.5 20.5a7.5 7.5 0 0 1 15 0');
export const phoneIcon = (): SVGSVGElement =>
  icon('M5 4h3.5l1.7 4.3-2.2 1.6a11 11 0 0 0 5.6 5.6l1.6-2.2L19.5 15v3.5a2 2 0 0 1-2.2 2A15.5 15.5 0 0 1 3 6.2a2 2 0 0 1 2-2.2z');
export const alertIcon = (): SVGSVGElement => icon('M12 8.5v5', 'M12 17h.01', 'M10.3 3.9L2.6 17.5a2 2 0 0 0 1.7 3h15.4a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0z');
export const differIcon = (): SVGSVGElement => icon('M12 4v16', 'M12 7H5l-2.5 5h5L5 7', 'M12 7h7l2.5 5h-5L19 7');
export const bookIcon = (): SVGSVGElement => icon('M4 5.5A2.5 2.5 0 0 1 6.5 3H20v15H6.5A2.5 2.5 0 0 0 4 20.5z', 'M4 20.5A2.5 2.5 0 0 0 6.5 21H20v-3');
export const calendarIcon = (): SVGSVGElement => icon('M4 6.5h16v14H4z', 'M4 10.5h16', 'M8 3.5v5', 'M16 3.5v5');
export const trashIcon = (): SVGSVGElement => icon('M4.5 7h15', 'M9.5 7V4h5v3', 'M6.5 7l1 13.5h9l1-13.5');
export const clockIcon = (): SVGSVGElement => icon('M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z', 'M12 7.5V12l3 2');
export const copyIcon = (): SVGSVGElement => icon('M9 8.5h11v12H9z', 'M15 8.5v-5H4v12h5');
export const printIcon = (): SVGSVGElement => icon('M7 8.5v-5h10v5', 'M7 16.5H4v-8h16v8h-3', 'M7 13.5h10v7H7z');
export const shareIcon = (): SVGSVGElement => icon('M12 15V3.5', 'M7.5 7.5L12 3l4.5 4.5', 'M5 12.5v8h14v-8');
export const checkIcon = (): SVGSVGElement => icon('M5 12.5l4.5 4.5L19 7.5');
export const thumbUpIcon = (): SVGSVGElement =>
  icon('M7.5 10.5v10H4v-10z', 'M7.5 10.5l4-7a2.3 2.3 0 0 1 2.2 2.8L13 9.5h5.3a2 2 0 0 1 2 2.4l-1.3 7a2 2 0 0 1-2 1.6H7.5');
export const thumbDownIcon = (): SVGSVGElement =>
  icon('M16.5 13.5v-10H20v10z', 'M16.5 13.5l-4 7a2.3 2.3 0 0 1-2.2-2.8l.7-3.2H5.7a2 2 0 0 1-2-2.4l1.3-7a2 2 0 0 1 2-1.6h9.5');
export const markIcon = (): SVGSVGElement => icon('M12 3.5c3.6 4 5.5 7 5.5 9.7a5.5 5.5 0 0 1-11 0c0-2.7 1.9-5.7 5.5-9.7z', 'M9.5 13.5a2.5 2.5 0 0 0 2.5 2.5');
