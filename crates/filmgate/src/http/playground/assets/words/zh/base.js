// Words that every page uses, in Simplified Chinese.
export default {
  no_answer: "filmgate 没有应答。它还在运行吗？",
  not_known: "filmgate 没有应答，不知道请求是否已被接受。再按一次即可：影片只会制作一次。",
  try_again: "重试", copy: "复制", copied: "已复制", copy_failed: "请手动选择并复制", keep: "保留", close: "关闭",
  remove: "移除", more: "更多", older: "更早", required: "必填",
  signed_in: "当前账户：{name}", sign_out: "退出登录", to_light: "浅色主题", to_dark: "深色主题", menu: "菜单", credits_left: "积分",
  credits: "{n} 积分", seconds: "{n} 秒", s: "{n} 秒",
  "phase.queued": "排队中", "phase.sending": "发送中", "phase.in_doubt": "待确认", "phase.running": "生成中", "phase.storing": "转存中",
  "phase.succeeded": "完成", "phase.failed": "失败", "phase.cancelled": "已取消", "phase.open": "进行中",
};
