// Words of the other pages.
export default {};
