// Words of the make page.
export default {};
