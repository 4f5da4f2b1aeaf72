// Words of the task page, the history and the comparison.
export default {};
